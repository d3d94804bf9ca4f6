import type { TestProject } from 'vitest/node';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { migrate } from '@/lib/db/migrate';

/** Brings the database of the integration tests up to date, once before all of them. */
export default async function setup({ config }: TestProject): Promise<void> {
  const url = String(config.env.DATABASE_URL);
  await ensureDatabase(url);
  await migrate(url);
}
