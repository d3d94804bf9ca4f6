import 'server-only';
import { csvCell } from '@/lib/contract/csv';
import { ApiError } from '@/lib/contract/errors';
import type { LinesSpec, SaleLine } from '@/lib/contract/lines';
import { querySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import type { Calendar } from '@/lib/metrics/calendar';
import { sumColumns } from '@/lib/rollups/levels';
import { answer } from './answer';
import { selectLines } from './compile-lines';
import { readGround } from './ground';
import { resolve } from './resolve';

/** The last line of a page, and the data that it was read from. */
interface Place {
  dataVersion: number;
  date: string;
  import: number;
  row: number;
}

interface Page {
  items: SaleLine[];
  next: Place | null;
  dataVersion: number;
  currency: string;
  currencyScale: number;
  calendar: Calendar;
  newestDate: string | null;
}

type Row = Omit<SaleLine, 'units' | 'amount'> & { units: string; amount: string };

const questionOf = ({ from, to, filters }: LinesSpec) =>
  querySpec.parse({ metrics: ['value_sales', 'unit_sales'], from, to, filters });

/** One page of the lines of a slice, after a place; oldest first, then by import and row. */
async function readPage(
  snapshot: Snapshot,
  workspaceId: number,
  spec: LinesSpec,
  after: Place | null,
  limit: number,
  shoppers: boolean,
): Promise<Page> {
  const resolved = await resolve(snapshot, workspaceId, questionOf(spec));
  const { facts, slice, range } = resolved;
  if (after && after.dataVersion !== facts.dataVersion) {
    throw new ApiError('conflict', 'The data has changed since the page before; start again from the first.');
  }
  const { ground } = await readGround(snapshot, resolved, { forceLines: false, columns: sumColumns });
  const { from } = selectLines(slice, { source: 'lines', spans: [range] }, ground);
  const beyond = after
    ? sql.sql`AND (l.date, l.import_id, l.row_no) > (${after.date}::date, ${after.import}::int, ${after.row}::int)`
    : sql.empty;
  const rows = await snapshot.$queryRaw<Row[]>(sql.sql`
    SELECT l.import_id AS import, l.row_no AS row, to_char(l.date, 'YYYY-MM-DD') AS date, to_char(l.time, 'HH24:MI:SS') AS time,
           t.code AS store, k.code AS shopper, b.receipt, m.code AS product, m.name AS "productName", r.name AS brand,
           c.name AS category, l.units::text, l.amount::text, l.promotion > 0 AS promoted, l.is_return AS "isReturn"
    FROM (SELECT l.* ${from} ${beyond} ORDER BY l.date, l.import_id, l.row_no LIMIT ${limit + 1}) l
    JOIN product m ON m.workspace_id = l.workspace_id AND m.id = l.product_id
    JOIN brand r ON r.workspace_id = m.workspace_id AND r.id = m.brand_id
    JOIN category c ON c.workspace_id = m.workspace_id AND c.id = m.category_id
    LEFT JOIN store t ON t.workspace_id = l.workspace_id AND t.id = l.store_id
    LEFT JOIN shopper k ON k.workspace_id = l.workspace_id AND k.no = l.shopper_no
    LEFT JOIN basket b ON b.workspace_id = l.workspace_id AND b.id = l.basket_id
    ORDER BY l.date, l.import_id, l.row_no`);
  const items = rows.slice(0, limit).map(({ shopper, ...row }): SaleLine => ({
    ...row,
    ...(shoppers && { shopper: shopper ?? null }),
    units: Number(row.units),
    amount: Number(row.amount) / 10 ** facts.currencyScale,
  }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  const { dataVersion, currency, currencyScale, calendar } = facts;
  return {
    items,
    next: last ? { dataVersion, date: last.date, import: last.import, row: last.row } : null,
    dataVersion,
    currency,
    currencyScale,
    calendar,
    newestDate: facts.data?.to ?? null,
  };
}

const write = ({ dataVersion, date, import: file, row }: Place): string =>
  Buffer.from(JSON.stringify([dataVersion, date, file, row])).toString('base64url');

function read(cursor: string): Place {
  const wrong = new ApiError('invalid_request', 'The cursor is wrong.', [
    { field: 'cursor', message: 'must be the nextCursor of an earlier answer to this question' },
  ]);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrong;
  }
  const [dataVersion, date, file, row] = Array.isArray(content) ? (content as unknown[]) : [];
  const whole = (value: unknown): value is number => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (!Number.isSafeInteger(dataVersion) || !whole(file) || !whole(row)) throw wrong;
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) throw wrong;
  return { dataVersion: dataVersion as number, date, import: file, row };
}

/** A page of lines with what all of them add up to, from one snapshot. `shoppers`: who bought is told. */
export function listLines(
  workspaceId: number,
  spec: LinesSpec,
  { limit, cursor, shoppers }: { limit: number; cursor?: string | undefined; shoppers: boolean },
) {
  const after = cursor === undefined ? null : read(cursor);
  return inSnapshot(async (snapshot) => {
    const { items, next, ...meta } = await readPage(snapshot, workspaceId, spec, after, limit, shoppers);
    const { totals } = await answer(snapshot, workspaceId, questionOf(spec), {});
    const [total] = totals;
    return {
      items,
      nextCursor: next && write(next),
      totals: { value: total?.values.value_sales ?? null, units: total?.values.unit_sales ?? null },
      meta,
    };
  });
}

const piece = 2_000;
const headings = [
  ...(['import', 'row', 'date', 'time', 'store', 'receipt', 'product', 'productName', 'brand', 'category'] as const),
  ...(['units', 'amount', 'promoted', 'isReturn'] as const),
];

/** All lines as CSV text, in pieces. Breaks off when the data changes meanwhile: a file never mixes two versions. */
export async function* streamLines(workspaceId: number, spec: LinesSpec, shoppers: boolean): AsyncGenerator<string> {
  const columns = [...headings, ...(shoppers ? (['shopper'] as const) : [])];
  let next: Place | null = null;
  do {
    const after: Place | null = next;
    const page: Page = await inSnapshot((snapshot) => readPage(snapshot, workspaceId, spec, after, piece, shoppers));
    const rows = page.items.map((item) => columns.map((column) => csvCell(item[column])).join(','));
    yield [...(after ? [] : [columns.join(',')]), ...rows, ''].join('\r\n');
    ({ next } = page);
  } while (next);
}
