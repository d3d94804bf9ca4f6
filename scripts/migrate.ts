import { bringUpToDate } from './database/bring-up-to-date';
import { main } from './fault';
import { openDatabase } from './database/open';

void main(async () => {
  const database = await openDatabase();
  try {
    const applied = await bringUpToDate(database.url);
    for (const name of applied) console.log(`Applied ${name}.`);
    console.log(applied.length ? 'The database is up to date.' : 'The database was up to date already.');
  } finally {
    database.close();
  }
});
