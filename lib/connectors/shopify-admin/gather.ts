import 'server-only';
import { createHash } from 'node:crypto';
import { plainCell } from '@/lib/contract/csv';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { inTransaction } from '@/lib/db/transaction';
import type { Gathered } from '../gathered';
import { repeatedNote, type Row } from '../shopify/product';
import { countOptions } from '../shopify/table';
import type { Visit } from '../visit';
import { checkpoint, type Progress } from './checkpoint';
import { numberOf, objectsOf } from './objects';
import { columns, lineItem, order, salesOf, type Line, type LineItem, type Naming, type Order } from './orders';
import type { Whole } from './objects';
import { rowsOfFile } from './products';
import { returnsOf } from './refunds';

type Store = Visit<ShopifyAdminSource>;

const batchSize = 500;

interface Item {
  /** Under which it is noted. */
  id: string;
  /** What was noted of it; another one is new again. Null: once is enough. */
  value: string | null;
}

/** Appends what is new or has changed, notes it as known, and keeps how far it is: all of it or nothing. */
async function append<T extends Item>(
  visit: Store,
  file: Gathered,
  items: readonly T[],
  write: (fresh: T[], before: Progress) => { text: string; rows: number; change?: Partial<Progress> },
): Promise<void> {
  await inTransaction(async (client) => {
    const before = checkpoint.parse(visit.subject.checkpoint);
    const ids = await visit.seen(
      items.map(({ id }) => id),
      client,
      items.map(({ value }) => value),
    );
    const fresh = items.filter(({ id }) => ids.delete(id));
    const { text, rows, change } = write(fresh, before);
    const bytes = await file.append(text);
    await visit.keep({ ...before, ...change, bytes, rows: before.rows + rows }, client);
    visit.rows += rows;
  });
}

/** The variants of the store's file as rows, each code once. */
export async function gatherProducts(visit: Store, file: Gathered, path: string): Promise<void> {
  let batch: (Item & { row: Row })[] = [];
  const flush = () =>
    append(visit, file, batch, (fresh, { options }) => {
      const rows = fresh.map(({ row }) => row);
      return {
        text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
        rows: rows.length,
        change: { options: countOptions(options, rows) },
      };
    });
  let variants = 0;
  for await (const rows of rowsOfFile(path, visit.source.productCode)) {
    variants += rows.length;
    batch.push(...rows.map((row) => ({ id: `code ${row.code}`, value: null, row })));
    if (batch.length < batchSize) continue;
    await flush();
    batch = [];
  }
  await flush();
  // The whole file was read, also by a run that went on from an earlier one.
  const repeated = variants - checkpoint.parse(visit.subject.checkpoint).rows;
  if (repeated > 0) visit.note(repeatedNote(repeated));
}

type Lines = Item & { lines: Line[] };

/** The lines of the store's file, and of refunds, of orders that no run has taken as they are now, as a transaction file. */
export async function gatherOrders(visit: Store, file: Gathered, path: string, naming: Naming): Promise<void> {
  let batch: Lines[] = [];
  let waiting = 0;
  const flush = () =>
    append(visit, file, batch, (fresh, { bytes }) => {
      const lines = fresh.flatMap((one) => one.lines);
      const rows = lines.map(({ cells }) => `${columns.map((column) => plainCell(cells[column])).join(',')}\n`);
      const head = bytes === 0 && rows.length > 0 ? [`${columns.join(',')}\n`] : [];
      return { text: [...head, ...rows].join(''), rows: rows.length };
    });
  for await (const one of objectsOf(path, order, lineItem)) {
    visit.signal.throwIfAborted();
    const lines = await linesOf(visit, one, naming);
    if (lines.length === 0) continue;
    const value = createHash('sha256').update(JSON.stringify(lines)).digest('hex');
    batch.push({ id: noteOf(one.parent), value, lines });
    waiting += lines.length;
    if (waiting < batchSize) continue;
    await flush();
    batch = [];
    waiting = 0;
  }
  await flush();
}

const noteOf = ({ id }: Order): string => `order ${numberOf(id)}`;

/**
 * All of an order as it is now, in place of what was loaded of it: so lines that are gone stay, with nothing sold. Nothing of an
 * order that was only tried, or that was cancelled before it was ever loaded.
 */
async function linesOf(visit: Store, one: Whole<Order, LineItem>, naming: Naming): Promise<Line[]> {
  const { parent } = one;
  const { test, cancelledAt, refunds } = parent;
  if (test) return [];
  const returns = refunds.length > 0 ? await returnsOf(visit, parent, naming) : [];
  const returned = (item: string): number =>
    returns.reduce((sum, back) => (back.item === item ? sum + back.quantity : sum), 0);
  const sales = salesOf(one, naming, returned);
  // Loaded by an earlier version, it is noted by its lines.
  const wasLoaded = async () => (await visit.known([noteOf(parent), ...sales.map(({ id }) => id)])).size > 0;
  const isVoid = Boolean(cancelledAt) && returns.length === 0;
  const kept = isVoid ? sales.map(voided) : sales;
  const isNeeded = cancelledAt || kept.some(({ cells }) => cells.units === '0');
  if (isNeeded && !(await wasLoaded()))
    return cancelledAt ? [] : [...kept.filter(({ cells }) => cells.units !== '0'), ...returns.map(({ line }) => line)];
  return [...kept, ...returns.map(({ line }) => line)];
}

const voided = ({ id, cells }: Line): Line => ({
  id,
  cells: { ...cells, units: '0', amount: '0.00', base_amount: '0.00', promoted: '0' },
});
