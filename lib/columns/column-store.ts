import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PoolClient } from 'pg';
import { copyFrom, copyTo } from '@/lib/db/copy';
import { env } from '@/lib/env';

/** What a process that was killed left behind is cleared away after a day. */
const STALE = 24 * 60 * 60 * 1000;

/** Milliseconds. */
const INTERRUPT_EVERY = 20;

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/** What a query of the store finds belongs into these columns of a table of PostgreSQL. */
export interface Rows {
  target: string;
  query: string;
  /** The file that they are sent in stays, for the store to read again. */
  keep?: boolean;
}

/** Some rows of a query, by column; none of them is null. */
export interface Piece {
  size: number;
  columns: readonly (readonly (number | bigint)[])[];
}

/** DuckDB takes up to half as much again as it counts: measured at ten million lines. */
const COUNTED = 5 / 8;

/** The longest row that is read: numbers, and a few texts of members. Rows are read in pieces of four times that. */
const LONGEST_ROW = 1_000_000;

/**
 * DuckDB beside a connection of PostgreSQL: it sums up millions of lines many times faster. Its tables are packed in a file
 * in a folder of its own, which goes when it is closed; of them, and for its work, it holds up to a limit in memory
 * (`IMPORT_COLUMNS_MEMORY`).
 */
export class ColumnStore {
  private files = 0;
  private readonly running = new Set<Promise<unknown>>();
  private readonly ending = new AbortController();

  private constructor(
    private readonly client: PoolClient,
    private readonly folder: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Runs with a store that sees what this connection sees, its own transaction included. */
  static async beside<T>(client: PoolClient, run: (store: ColumnStore) => Promise<T>): Promise<T> {
    // A server that never imports does without its 60 MB.
    const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
    const home = join(/* turbopackIgnore: true */ env.DATA_DIR, 'columns');
    await mkdir(home, { recursive: true });
    await clear(home);
    const folder = await mkdtemp(join(/* turbopackIgnore: true */ home, 'work-'));
    try {
      const instance = await Instance.create(':memory:', {
        memory_limit: `${Math.floor(env.IMPORT_COLUMNS_MEMORY * COUNTED)}B`,
        temp_directory: join(/* turbopackIgnore: true */ folder, 'spilled'),
        // PostgreSQL works beside it; every further thread takes memory of its own.
        threads: '1',
        preserve_insertion_order: 'false',
        // Nothing is fetched from the web or loaded from elsewhere.
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      try {
        const connection = await instance.connect();
        const store = new ColumnStore(client, folder, instance, connection);
        try {
          // Tables in memory are not packed, and what they take is not given back. Nobody opens the file again after a crash.
          const file = quoted(join(/* turbopackIgnore: true */ folder, 'columns.db'));
          await store.run(`ATTACH ${file} AS columns (RECOVERY_MODE no_wal_writes); USE columns`);
          // How many rows a file has is not known before it is read: left to itself, a join would hold all of them in memory.
          // So what is joined to them stays on its side, as written: lines left, the few members right.
          await store.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
          return await run(store);
        } finally {
          await store.end();
        }
      } finally {
        instance.closeSync();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async run(text: string): Promise<void> {
    await this.during(this.connection.run(text));
  }

  /**
   * Closed under a statement, the connection never answers it, and the process never ends. One that was asked for and has not
   * begun does not feel the interruption: hence again and again. A COPY is to be over, too: PostgreSQL's connection is somebody else's.
   */
  private async end(): Promise<void> {
    this.ending.abort();
    while (this.running.size > 0) {
      this.connection.interrupt();
      await Promise.race([Promise.allSettled(this.running), wait(INTERRUPT_EVERY)]);
    }
    this.connection.closeSync();
  }

  private async during<T>(statement: Promise<T>): Promise<T> {
    this.running.add(statement);
    try {
      return await statement;
    } finally {
      this.running.delete(statement);
    }
  }

  /** The rows of a query, piece by piece as they are found: columns of numbers. */
  async *pieces(text: string): AsyncGenerator<Piece> {
    const result = await this.during(this.connection.stream(text));
    const next = () => this.during(result.fetchChunk());
    for (let chunk = await next(); chunk && chunk.rowCount > 0; chunk = await next())
      yield { size: chunk.rowCount, columns: chunk.getColumns() as (number | bigint)[][] };
  }

  /** The few rows of a query, all of them numbers. */
  async rows(text: string): Promise<number[][]> {
    const found = await this.during(this.connection.runAndReadAll(text));
    return found.getRows().map((row) => row.map(Number));
  }

  /** Makes a table of what a query finds in PostgreSQL. `columns`: their names and types, in its order. */
  async fetch(
    table: string,
    columns: Record<string, string>,
    query: string,
    as = 'SELECT * FROM fetched',
  ): Promise<void> {
    const file = this.nextFile();
    const text = `COPY (${query}) TO STDOUT (FORMAT csv)`;
    await copyTo(this.client, text, createWriteStream(/* turbopackIgnore: true */ file));
    await this.read(file, ',', table, columns, as);
  }

  /** Makes a table of what was sent in a file that was kept, which is gone then. */
  async readKept(file: string, table: string, columns: Record<string, string>, as: string): Promise<void> {
    await this.read(file, '\t', table, columns, as);
  }

  private async read(
    file: string,
    delimiter: string,
    table: string,
    columns: Record<string, string>,
    as: string,
  ): Promise<void> {
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
    await this.run(
      `CREATE OR REPLACE TABLE ${table} AS
       WITH fetched AS (FROM read_csv(${quoted(file)}, header = false, auto_detect = false, delim = '${delimiter}', quote = '"',
                                      escape = '"', allow_quoted_nulls = false, max_line_size = ${LONGEST_ROW},
                                      buffer_size = ${4 * LONGEST_ROW},
                                      columns = {${types.join(', ')}}))
       ${as}`,
    );
    await rm(file);
  }

  /**
   * Brings lots of rows into PostgreSQL, one after the other: the next is worked out while PostgreSQL takes the one before.
   * `onSent` hears which is in. Answers the file of each.
   */
  async sendAll(lots: readonly Rows[], onSent?: (lot: number) => Promise<void>): Promise<string[]> {
    const files: string[] = [];
    let sent: Promise<unknown> = Promise.resolve();
    for (const [lot, { target, query, keep = false }] of lots.entries()) {
      const [file] = await Promise.all([this.write(query), sent]);
      files.push(file);
      sent = this.send(file, target, keep).then(() => onSent?.(lot));
      sent.catch(() => undefined);
    }
    await sent;
    return files;
  }

  private async write(query: string): Promise<string> {
    const file = this.nextFile();
    await this.run(`COPY (${query}) TO ${quoted(file)} (FORMAT csv, HEADER false, DELIMITER '\t')`);
    return file;
  }

  private async send(file: string, target: string, keep: boolean): Promise<void> {
    const rows = createReadStream(/* turbopackIgnore: true */ file, { highWaterMark: 1 << 18 });
    const text = `COPY ${target} FROM STDIN (FORMAT csv, DELIMITER E'\\t')`;
    await this.during(copyFrom(this.client, text, rows, this.ending.signal));
    if (!keep) await rm(file);
  }

  /** Sends bytes of PostgreSQL's binary form into a table. A piece is the sender's again once the next is asked for. */
  async sendBinary(pieces: AsyncIterable<Buffer>, target: string): Promise<void> {
    await copyFrom(this.client, `COPY ${target} FROM STDIN (FORMAT binary)`, pieces);
  }

  private nextFile(): string {
    this.files += 1;
    return join(/* turbopackIgnore: true */ this.folder, `${this.files}.csv`);
  }
}

async function clear(home: string): Promise<void> {
  for (const name of await readdir(/* turbopackIgnore: true */ home)) {
    const path = join(/* turbopackIgnore: true */ home, name);
    const { mtimeMs } = await stat(/* turbopackIgnore: true */ path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE) await rm(path, { recursive: true, force: true });
  }
}
