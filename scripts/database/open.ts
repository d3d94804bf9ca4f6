import { startPostgres } from '../postgres/start';
import { readSettingsFile } from '../settings-file.mjs';

export interface Database {
  url: string;
  embedded: boolean;
  close(): void;
}

/** The database that DATABASE_URL names, else the embedded one, started or attached to. */
export async function openDatabase(): Promise<Database> {
  readSettingsFile();
  const url = process.env.DATABASE_URL;
  if (url) return { url, embedded: false, close: () => undefined };
  const server = await startPostgres();
  return { url: server.url, embedded: true, close: () => server.stop() };
}
