import 'server-only';
import { env } from '@/lib/env';
import { db, type Prisma } from './client';

/** What is read through it is of one moment. */
export interface Snapshot {
  $queryRaw<Rows>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
}

class NeedsTransaction extends Error {}

/**
 * Runs the reads against one snapshot of the database: all of them see the same publish, or none of them does. One statement is
 * of one moment by itself; `read` begins again, in a transaction, when it asks for a second. A question whose rows are all in
 * memory asks for the data version alone, and a transaction would take most of its time.
 */
export async function inSnapshot<T>(read: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  let asked = 0;
  try {
    return await read({
      $queryRaw: async (text, ...values) => {
        asked += 1;
        if (asked > 1) throw new NeedsTransaction();
        return db.$queryRaw(text, ...values);
      },
    });
  } catch (error) {
    if (!(error instanceof NeedsTransaction)) throw error;
  }
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
