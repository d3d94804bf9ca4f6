import 'server-only';
import { sql } from '@/lib/db/client';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import { streamSnapshot, walkRows } from '@/lib/db/streamed-snapshot';
import type { Range } from '@/lib/metrics/periods';
import type { Facts } from './facts';
import type { Sql } from './fragments';
import { metaOf } from './list-lines';
import { writePlace } from './place';
import { csvHead, csvRows } from './stream-csv';

// What a count is made of. Who or what has a purchase line among the lines is listed; what is told of it is of all of them.

/** A list, asked for and not yet read. */
export interface Listed<Item, Row> {
  rows: Sql;
  show: (row: Row) => Item;
  /** Where a page that ends with the row is gone on from. */
  placeOf: (row: Row) => (string | number)[];
  /** The count that the list makes up. */
  total: () => Promise<number | null>;
  range: Range | null;
  facts: Facts;
}

export interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/** One more than a page holds tells whether another follows; left out, all of them, in the order of the whole. */
export const first = (order: Sql, limit: number | undefined): Sql =>
  limit === undefined ? sql.empty : sql.sql`ORDER BY ${order} LIMIT ${limit + 1}`;

/** A page with the count that all pages make up, from one snapshot. */
export function paged<Item, Row, More extends object = Record<never, never>>(
  limit: number,
  ask: (snapshot: Snapshot) => Promise<Listed<Item, Row> & { more?: More }>,
) {
  return inSnapshot(async (snapshot) => {
    const { rows, show, placeOf, total, range, facts, more } = await ask(snapshot);
    const found = await snapshot.$queryRaw<Row[]>(rows);
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(show),
      nextCursor: last ? writePlace([facts.dataVersion, ...placeOf(last)]) : null,
      total: await total(),
      range,
      meta: metaOf(facts),
      ...(more as More),
    };
  });
}

const piece = 2_000;

/** All of them, added up once, as CSV text in pieces. */
export const streamed = <Item, Row>(
  columns: readonly (keyof Item & string)[],
  ask: (snapshot: Snapshot) => Promise<Listed<Item, Row>>,
): AsyncGenerator<string> =>
  streamSnapshot(async function* (snapshot) {
    const { rows, show } = await ask(snapshot);
    // Not before its first rows: until then a failure is still an answer.
    let head = csvHead(columns);
    for await (const found of walkRows<Row>(snapshot, rows, piece)) {
      yield head + csvRows(columns, found.map(show));
      head = '';
    }
    if (head) yield head;
  });
