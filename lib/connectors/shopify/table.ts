import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { plainCell } from '@/lib/contract/csv';
import { mapping as mappingShape, type Mapping } from '@/lib/contract/imports';
import type { Row } from './product';

/** Options by their name in small letters: as it was first written, and how often it came. */
export type Options = Record<string, { name: string; count: number }>;

/** More become no columns: they are what few products have. */
const mostOptions = 40;
const mostNames = 500;

export function countOptions(options: Options, rows: readonly Row[]): Options {
  const counted = { ...options };
  for (const row of rows)
    for (const name of Object.keys(row.options)) {
      const key = name.toLowerCase();
      const known = counted[key];
      if (known) counted[key] = { name: known.name, count: known.count + 1 };
      else if (Object.keys(counted).length < mostNames) counted[key] = { name, count: 1 };
    }
  return counted;
}

const fixed = {
  product: 'code',
  product_name: 'name',
  brand: 'brand',
  category_1: 'type',
  handle: 'handle',
  product_id: 'product',
  variant_id: 'variant',
  sku: 'sku',
  barcode: 'barcode',
  price: 'price',
  compare_at_price: 'before',
  tags: 'tags',
} as const satisfies Record<string, keyof Row>;

interface Column {
  key: string;
  name: string;
}

function columnsOf(options: Options): Column[] {
  const taken = new Set<string>(Object.keys(fixed));
  return Object.entries(options)
    .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .slice(0, mostOptions)
    .map(([key, { name }]) => ({ key, name: taken.has(key) ? `Option ${name}` : name.slice(0, 100) }));
}

/** Writes the gathered rows as a product file, and says how it is read: an option is a column, and an attribute. */
export async function writeTable(from: string, to: string, options: Options): Promise<Mapping> {
  const columns = columnsOf(options);
  const lines = async function* (): AsyncGenerator<string> {
    yield `${[...Object.keys(fixed), ...columns.map(({ name }) => name)].map(plainCell).join(',')}\n`;
    for await (const line of createInterface({ input: createReadStream(from), crlfDelay: Infinity })) {
      const row = JSON.parse(line) as Row;
      const own = new Map(Object.entries(row.options).map(([name, value]) => [name.toLowerCase(), value]));
      const cells = [
        ...Object.values(fixed).map((field) => row[field]),
        ...columns.map(({ key }) => own.get(key) ?? ''),
      ];
      yield `${cells.map(plainCell).join(',')}\n`;
    }
  };
  await pipeline(lines, createWriteStream(to));
  return mappingShape.parse({
    columns: Object.fromEntries(['product', 'product_name', 'brand', 'category_1'].map((field) => [field, field])),
    attributes: columns.map(({ name }) => ({ column: name, of: 'product' })),
  });
}
