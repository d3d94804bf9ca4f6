import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PoolClient, QueryResultRow } from 'pg';
import { copyFrom, copyTo } from '@/lib/db/copy';
import { env } from '@/lib/env';
import { Common } from './common';
import { columnsOf, type Column } from './number-columns';
import { makeRoom } from './make-room';
import { MOST_COUNTED, openColumns } from './open';

/** What a process that was killed left behind is cleared away after a day. */
const STALE = 24 * 60 * 60 * 1000;

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/** What a query of the store finds belongs into these columns of a table of PostgreSQL. */
export interface Rows {
  target: string;
  query: string;
  /** Numbers, dates and the like alone: PostgreSQL reads them faster than what may hold any sign. */
  textless?: boolean;
}

/** Some rows of a query, by column. */
export interface Piece {
  size: number;
  columns: readonly Column[];
}

/** Milliseconds. */
const TIDY_EVERY = 50;
/** A piece is 2,048 rows. */
const PIECES_KEPT = 32;

/** The longest row that is read: numbers, and a few texts of members. Rows are read in pieces of four times that. */
const LONGEST_ROW = 1_000_000;

/** Bytes of a file that are sent at once. */
const PIECE = 1 << 18;

/**
 * DuckDB beside a connection of PostgreSQL: it sums up millions of lines many times faster. Its tables are packed in a file
 * in a folder of its own, which goes when it is closed; of them, and for its work, it holds up to a limit in memory
 * (`IMPORT_COLUMNS_MEMORY`).
 */
export class ColumnStore {
  private readonly sending: Promise<void>[] = [];
  private tidied = 0;

  private constructor(
    private readonly common: Common,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Runs with a store that sees what this connection sees, its own transaction included. */
  static async beside<T>(client: PoolClient, run: (store: ColumnStore) => Promise<T>): Promise<T> {
    const home = join(/* turbopackIgnore: true */ env.DATA_DIR, 'columns');
    await mkdir(home, { recursive: true });
    await clear(home);
    const folder = await mkdtemp(join(/* turbopackIgnore: true */ home, 'work-'));
    try {
      const instance = await openColumns(folder);
      const common = new Common(client, folder, instance);
      try {
        const store = new ColumnStore(common, await common.connect());
        // Tables in memory are not packed, and what they take is not given back. Nobody opens the file again after a crash.
        const file = quoted(join(/* turbopackIgnore: true */ folder, 'columns.db'));
        await store.run(`ATTACH ${file} AS columns (RECOVERY_MODE no_wal_writes); USE columns`);
        // Closed, it would first write what is about to be deleted, and the process would wait for the disk.
        await store.run('PRAGMA disable_checkpoint_on_shutdown');
        // How many rows a file has is not known before it is read: left to itself, a join would hold all of them in memory.
        // So what is joined to them stays on its side, as written: lines left, the few members right.
        await store.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
        return await run(store);
      } finally {
        await common.end();
        instance.closeSync();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Does each of these, one after the other; what is sent of one goes to PostgreSQL while the next is made. */
  async each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    let before: Promise<void> | undefined;
    for (const item of items) {
      await work(item);
      await before;
      before = this.sent();
      // Whoever waits for it hears of it.
      before.catch(() => undefined);
    }
    await before;
  }

  async run(text: string): Promise<void> {
    await this.during(() => this.connection.run(text));
    await this.tidy();
  }

  /** Free memory stays with the threads that used it. Asked to keep to its limit, which it does, DuckDB gives it back. */
  private async tidy(): Promise<void> {
    if (performance.now() - this.tidied < TIDY_EVERY) return;
    await this.during(() => this.connection.run(`SET memory_limit = '${MOST_COUNTED}B'`));
    this.tidied = performance.now();
  }

  private during<T>(statement: () => Promise<T>): Promise<T> {
    return this.common.during(statement);
  }

  /** Asks PostgreSQL when it is free. */
  ask<T extends QueryResultRow>(text: string, values: unknown[]): Promise<T[]> {
    return this.common.turns.take(async () => (await this.common.client.query<T>(text, values)).rows);
  }

  /** The rows of a query, piece by piece as they are found: columns of INTEGER and BIGINT, and nothing in them is null. */
  async *pieces(text: string): AsyncGenerator<Piece> {
    const result = await this.during(() => this.connection.stream(text));
    const next = () => this.during(() => result.fetchChunk());
    let pieces = 0;
    for (let chunk = await next(); chunk && chunk.rowCount > 0; chunk = await next()) {
      yield { size: chunk.rowCount, columns: columnsOf(chunk) };
      pieces += 1;
      // Rows that were read are DuckDB's until they are collected here.
      if (pieces % PIECES_KEPT === 0) makeRoom(true);
    }
    await this.tidy();
  }

  /** The few rows of a query, all of them numbers. */
  async rows(text: string): Promise<number[][]> {
    const found = await this.during(() => this.connection.runAndReadAll(text));
    return found.getRows().map((row) => row.map(Number));
  }

  /**
   * Makes a table of what queries find in PostgreSQL; the next is asked meanwhile. `columns`: names and types, in their order;
   * `longer`: bytes by which a row may be longer than others.
   */
  async fetch(
    table: string,
    columns: Record<string, string>,
    query: string | readonly string[],
    { as = 'SELECT * FROM fetched', longer = 0 }: { as?: string; longer?: number } = {},
  ): Promise<void> {
    const coming = [query].flat().map((one) => this.receive(one));
    for (const [lot, file] of coming.entries()) {
      const into = lot === 0 ? `CREATE OR REPLACE TABLE ${table} AS` : `INSERT INTO ${table}`;
      await this.read(await file, into, columns, as, LONGEST_ROW + longer);
    }
  }

  /** The file with what a query finds in PostgreSQL. */
  private receive(query: string): Promise<string> {
    const file = this.common.nextFile();
    const text = `COPY (${query}) TO STDOUT (FORMAT csv)`;
    const received = this.common.turns
      .take(() => copyTo(this.common.client, text, createWriteStream(/* turbopackIgnore: true */ file)))
      .then(() => file);
    // Who reads it hears of it.
    received.catch(() => undefined);
    return received;
  }

  private async read(
    file: string,
    into: string,
    columns: Record<string, string>,
    as: string,
    longest: number,
  ): Promise<void> {
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
    await this.run(
      `${into}
       WITH fetched AS (FROM read_csv(${quoted(file)}, header = false, auto_detect = false, delim = ',', quote = '"',
                                      escape = '"', allow_quoted_nulls = false, max_line_size = ${longest},
                                      buffer_size = ${4 * longest},
                                      columns = {${types.join(', ')}}))
       ${as}`,
    );
    await rm(file);
  }

  /**
   * Brings lots of rows into PostgreSQL, in this order. Answers once all are written: `sent` waits until they are in, and `onSent`
   * hears which is.
   */
  async sendAll(lots: readonly Rows[], onSent?: (lot: number) => Promise<void>): Promise<void> {
    for (const [lot, { target, query, textless }] of lots.entries()) {
      const file = this.common.nextFile();
      const missing = textless ? `, NULLSTR '\\N'` : '';
      await this.run(`COPY (${query}) TO ${quoted(file)} (FORMAT csv, HEADER false, DELIMITER '\t'${missing})`);
      const format = textless ? '' : ` (FORMAT csv, DELIMITER E'\\t')`;
      this.send(file, `${target} FROM STDIN${format}`, () => onSent?.(lot));
    }
  }

  /** The same with bytes of PostgreSQL's binary form. A piece is the sender's again once the next is asked for. */
  async sendBinary(pieces: AsyncIterable<Buffer>, target: string): Promise<void> {
    const file = this.common.nextFile();
    // By way of a file: PostgreSQL packs long lists slower than they are made, and others have something to send meanwhile.
    await pipeline(pieces, createWriteStream(/* turbopackIgnore: true */ file));
    this.send(file, `${target} FROM STDIN (FORMAT binary)`);
  }

  private send(file: string, into: string, onSent?: () => Promise<void> | undefined): void {
    this.queue(async (signal) => {
      const { size } = await stat(/* turbopackIgnore: true */ file);
      if (size > 0) {
        const rows = createReadStream(/* turbopackIgnore: true */ file, { highWaterMark: Math.min(size, PIECE) });
        await copyFrom(this.common.client, `COPY ${into}`, rows, signal);
      }
      await rm(file);
      await onSent?.();
    });
  }

  /** Has this done when it is its turn; whoever waits for all that was sent hears how it went. */
  private queue(work: (signal: AbortSignal) => Promise<void>): void {
    const one = this.common.turns.take(work);
    one.catch(() => undefined);
    this.sending.push(one);
  }

  /** Until PostgreSQL has all that was sent. */
  async sent(): Promise<void> {
    await Promise.all(this.sending.splice(0));
  }
}

async function clear(home: string): Promise<void> {
  for (const name of await readdir(/* turbopackIgnore: true */ home)) {
    const path = join(/* turbopackIgnore: true */ home, name);
    const { mtimeMs } = await stat(/* turbopackIgnore: true */ path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE) await rm(path, { recursive: true, force: true });
  }
}
