import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { DatabaseError, type Client, type PoolClient } from 'pg';
import { from, to, type CopyStreamQuery } from 'pg-copy-streams';

// A COPY that breaks off is not over when its stream is: PostgreSQL still has to answer. The next statement, a ROLLBACK as a rule,
// would be asked of a connection that is busy, which pg takes for a mistake. So each of these ends when the connection is free.

/** What can COPY: of a pool, or by itself. */
type Connection = PoolClient | Client;

/** COPY … FROM STDIN of these bytes; a source that fails, or the signal, ends it. */
export async function copyFrom(
  client: Connection,
  text: string,
  source: Readable | AsyncIterable<Buffer> | Buffer,
  signal?: AbortSignal,
): Promise<void> {
  const stream = from(text);
  const free = whenFree(client, stream);
  client.query(stream);
  try {
    if (source instanceof Buffer) {
      stream.end(source);
      await finished(stream);
    } else await pipeline(source, stream, { signal });
  } catch (error) {
    await free();
    throw error;
  }
}

/**
 * COPY … TO STDOUT into this sink. When the sink fails the connection is closed, with the transaction that it has open: what
 * PostgreSQL sends on is read by nobody, and until it is, no statement gets through.
 */
export async function copyTo(client: Connection, text: string, sink: Writable): Promise<void> {
  const stream = client.query(to(text));
  try {
    await pipeline(stream, sink);
  } catch (error) {
    if (!(error instanceof DatabaseError) && !stream.readableEnded) await (client as Client).end();
    throw error;
  }
}

/** Waits for the end of a statement that PostgreSQL was given; one that it never got has none. */
function whenFree(client: Connection, stream: CopyStreamQuery): () => Promise<unknown> {
  const submit = stream.submit.bind(stream);
  let ended: Promise<unknown> = Promise.resolve();
  stream.submit = (connection) => {
    const over = new AbortController();
    const next = (event: string): Promise<unknown> => once(client, event, { signal: over.signal });
    ended = Promise.race([next('drain'), next('end')])
      .catch(() => undefined)
      .finally(() => over.abort());
    submit(connection);
  };
  return () => ended;
}
