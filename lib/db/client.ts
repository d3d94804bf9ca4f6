import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { env } from '@/lib/env';
import { PrismaClient } from './generated/client';
import { createPool } from './pool';

export type { Prisma } from './generated/client';
export { Prisma as sql } from './generated/client';

const keep = globalThis as { brandlensPrisma?: PrismaClient; brandlensPages?: Pool };

/** The pool for pages and the API: bounded, with acquire and statement time-outs. */
export const pagePool: Pool = (keep.brandlensPages ??= createPool({
  max: env.DATABASE_POOL_SIZE,
  statement_timeout: env.DATABASE_STATEMENT_TIMEOUT,
  application_name: 'brandlens',
}));

export const db: PrismaClient = (keep.brandlensPrisma ??= new PrismaClient({
  adapter: new PrismaPg(pagePool, { disposeExternalPool: true }),
}));
