import type { TestProject } from 'vitest/node';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { migrate } from '@/lib/db/migrate';

// Two projects of one run load this module twice, and the schema engine stands in a process once.
const keep = globalThis as { brandlensMigrated?: Promise<unknown> };

/** Brings the database of the integration tests up to date, once before all of them. */
export default async function setup({ config }: TestProject): Promise<void> {
  const url = String(config.env.DATABASE_URL);
  keep.brandlensMigrated ??= ensureDatabase(url).then(() => migrate(url));
  await keep.brandlensMigrated;
}
