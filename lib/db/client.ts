import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/lib/env';
import { PrismaClient } from './generated/client';

export type { Prisma } from './generated/client';
export { Prisma as sql } from './generated/client';

const keep = globalThis as { brandlensPrisma?: PrismaClient };

/** The pool for pages and the API: bounded, with acquire and statement time-outs. */
export const db: PrismaClient = (keep.brandlensPrisma ??= new PrismaClient({
  adapter: new PrismaPg({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: env.DATABASE_ACQUIRE_TIMEOUT,
    statement_timeout: env.DATABASE_STATEMENT_TIMEOUT,
    application_name: 'brandlens',
  }),
  // Unless one says otherwise. Five seconds, which they have else, a few statements may take on a machine that is busy.
  transactionOptions: { timeout: 30_000 },
}));
