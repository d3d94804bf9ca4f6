import 'server-only';
import { env } from '@/lib/env';
import { db, type Prisma } from './client';

export type Snapshot = Prisma.TransactionClient;

/** Runs the reads against one snapshot of the database: all of them see the same publish, or none of them does. */
export function inSnapshot<T>(read: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return db.$transaction(
    async (snapshot) => {
      await snapshot.$executeRaw`SET TRANSACTION READ ONLY`;
      return read(snapshot);
    },
    {
      isolationLevel: 'RepeatableRead',
      maxWait: env.DATABASE_ACQUIRE_TIMEOUT,
      timeout: env.DATABASE_STATEMENT_TIMEOUT * 2,
    },
  );
}
