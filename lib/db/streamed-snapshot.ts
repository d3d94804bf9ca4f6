import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/lib/env';
import { sql } from './client';
import { PrismaClient, type Prisma } from './generated/client';

/** Whoever takes a file slower than this has it broken off: its snapshot keeps the database from tidying up. */
const longest = 10 * 60_000;

const keep = globalThis as { brandlensStreams?: PrismaClient };

/** Connections of their own, so that slow readers of files leave those of the pages alone. */
const streams = (): PrismaClient =>
  (keep.brandlensStreams ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env.DATABASE_URL,
      max: 4,
      connectionTimeoutMillis: env.DATABASE_ACQUIRE_TIMEOUT,
      statement_timeout: env.DATABASE_STATEMENT_TIMEOUT,
      application_name: 'brandlens-streams',
    }),
  }));

/** What is read of one snapshot as it is taken: no faster than its reader, and ended when that one turns away. */
export async function* streamSnapshot<T>(
  read: (snapshot: Prisma.TransactionClient) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const { readable, writable } = new TransformStream<T, T>();
  const writer = writable.getWriter();
  const done = streams()
    .$transaction(
      async (snapshot) => {
        await snapshot.$executeRaw`SET TRANSACTION READ ONLY`;
        for await (const piece of read(snapshot)) await writer.write(piece);
      },
      { isolationLevel: 'RepeatableRead', maxWait: env.DATABASE_ACQUIRE_TIMEOUT, timeout: longest },
    )
    .then(
      () => writer.close(),
      (error: unknown) => writer.abort(error),
    )
    .catch(() => undefined);
  try {
    yield* readable;
  } finally {
    await done;
  }
}

/** The rows of a statement, so many at a time: it runs once, and what is not asked for yet waits in the database. */
export async function* walkRows<Row>(
  snapshot: Prisma.TransactionClient,
  rows: Prisma.Sql,
  size: number,
): AsyncGenerator<Row[]> {
  // All of it is wanted: planned for the whole, not for the first rows.
  await snapshot.$executeRaw`SET LOCAL cursor_tuple_fraction = 1`;
  await snapshot.$executeRaw(sql.sql`DECLARE walked NO SCROLL CURSOR FOR ${rows}`);
  for (;;) {
    const found = await snapshot.$queryRaw<Row[]>(sql.sql`FETCH ${sql.raw(String(size))} FROM walked`);
    if (found.length > 0) yield found;
    if (found.length < size) return;
  }
}
