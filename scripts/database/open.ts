import { keepPostgres } from '../postgres/keep';
import { readSettingsFile } from '../settings-file.mjs';

export interface Database {
  url: string;
  embedded: boolean;
  /** Rejects when the embedded one has died and cannot be brought back. */
  failed: Promise<never>;
  close(): void;
}

/** The database that DATABASE_URL names, else the embedded one, started or attached to. */
export async function openDatabase(): Promise<Database> {
  readSettingsFile();
  const url = process.env.DATABASE_URL;
  if (url) return { url, embedded: false, failed: new Promise(() => undefined), close: () => undefined };
  const server = await keepPostgres();
  return { url: server.url, embedded: true, failed: server.failed, close: () => server.stop() };
}
