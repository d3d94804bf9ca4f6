import 'server-only';
import { types, type CustomTypesConfig, type Pool } from 'pg';
import { env } from '@/lib/env';
import { pagePool, sql, type Prisma } from './client';

/** What is read through it is of one moment. */
export interface Snapshot {
  $queryRaw<Rows>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
}

const kinds: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === types.builtins.INT8 && format !== 'binary' ? BigInt : types.getTypeParser(id, format),
};

/** Took longer than all of a question's statements may. */
class TookTooLong extends Error {
  readonly code = '57014';
}

/**
 * Runs the reads against one snapshot of the database: all of them see the same publish, or none of them does. By pg itself,
 * as a question of many short statements spends most of its time between them.
 */
export async function inSnapshot<T>(
  read: (snapshot: Snapshot) => Promise<T>,
  { pool = pagePool, timeout = env.DATABASE_STATEMENT_TIMEOUT * 2 }: { pool?: Pool; timeout?: number } = {},
): Promise<T> {
  const client = await pool.connect();
  const started = performance.now();
  const snapshot: Snapshot = {
    $queryRaw: async <Rows>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows> => {
      if (performance.now() - started > timeout) throw new TookTooLong(`The reads took longer than ${timeout} ms.`);
      const asked = 'raw' in text ? sql.sql(text, ...values) : text;
      const { rows } = await client.query({ text: asked.text, values: asked.values, types: kinds });
      return rows as Rows;
    },
  };
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const found = await read(snapshot);
    await client.query('COMMIT');
    return found;
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
