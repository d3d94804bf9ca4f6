import { endChildren, onEnd, start } from './children';
import { bringUpToDate } from './database/bring-up-to-date';
import { openDatabase } from './database/open';
import { main } from './fault';
import { step } from './steps';

// The development server with a migrated database: the one that DATABASE_URL names, else the embedded one.

void main(async () => {
  const database = await openDatabase();
  const tidy = async (): Promise<void> => {
    await endChildren();
    database.close();
  };
  const ending = onEnd(tidy, 0);
  try {
    await step('Bring the database up to date', () => bringUpToDate(database.url));
    const next = start(process.execPath, ['node_modules/next/dist/bin/next', 'dev', ...process.argv.slice(2)], {
      env: {
        DATABASE_URL: database.url,
        NODE_ENV: 'development',
      },
      live: true,
    });
    await Promise.race([new Promise((ended) => next.on('close', ended)), database.failed]);
  } finally {
    if (ending()) await new Promise(() => undefined);
    await tidy();
  }
});
