import { HeldFault, HistoryFault, migrate } from '@/lib/db/migrate';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { Fault } from '../fault';

/** Applies what the database lacks, and says in a sentence what stands against it. */
export async function bringUpToDate(url: string): Promise<string[]> {
  const { hostname, port, pathname, username } = address(url);
  const where = `${hostname}:${port || 5432}`;
  const name = pathname.slice(1);
  try {
    await ensureDatabase(url);
    return await migrate(url, (migration) =>
      console.error(
        `${migration} waits for something that is at work on its tables, such as an import or a verification.`,
      ),
    );
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const code = (error as { code?: string }).code ?? '';
    if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH/.test(`${code} ${text}`)) {
      throw new Fault(`No PostgreSQL answers at ${where}. Start it, or correct DATABASE_URL.`);
    }
    if (code === '28P01' || code === '28000')
      throw new Fault(`PostgreSQL at ${where} refuses the user "${username}": ${text}.`);
    if (code === '42501')
      throw new Fault(
        `The user "${username}" may not create the database "${name}" at ${where}. Have it created, then run this again.`,
      );
    if (code === '53100') throw new Fault(`The disk of the PostgreSQL at ${where} is full.`);
    if (/P3005|not empty/.test(text))
      throw new Fault(
        `The database "${name}" holds tables that are not Brandlens's. Name an empty one in DATABASE_URL.`,
      );
    if (error instanceof HeldFault)
      throw new Fault(`${text} Run this again when it is done, or stop the server and its workers first.`);
    if (error instanceof HistoryFault) throw new Fault(`The database "${name}" at ${where} does not fit. ${text}`);
    throw new Fault(`The database "${name}" at ${where} could not be brought up to date: ${text}`);
  }
}

function address(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new Fault('DATABASE_URL is not an address. It looks like postgres://user:password@host:5432/database.');
  }
}
