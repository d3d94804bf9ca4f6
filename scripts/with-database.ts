import { spawn } from 'node:child_process';
import { bringUpToDate } from './database/bring-up-to-date';
import { openDatabase } from './database/open';
import { Fault, main } from './fault';

// Runs another script with a migrated database: the one that DATABASE_URL names, else the embedded one.

void main(async () => {
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new Fault('Name the script to run.');
  const database = await openDatabase();
  try {
    await bringUpToDate(database.url);
    process.exitCode = await Promise.race([run(script, args, database.url), database.failed]);
  } finally {
    database.close();
  }
});

function run(script: string, args: string[], url: string): Promise<number> {
  return new Promise((done, refuse) => {
    const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'inherit',
    });
    // The child hears Ctrl-C itself; this process stays to stop the database after it.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', refuse);
    child.on('close', (code) => done(code ?? 1));
  });
}
