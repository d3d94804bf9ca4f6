import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isoDate } from './calendar';
import type { Line } from './lines';
import { linesByDay } from './lines';
import { markets } from './markets';
import { regionNames } from './names';
import { channels } from './places';
import { mechanics } from './promotions';
import { ageBands, households, incomes } from './shoppers';
import { truthOf, type Totals } from './truth';
import type { World } from './world';

export const transactionColumns = [
  'receipt_id',
  'date',
  'time',
  'store_id',
  'loyalty_id',
  'age_band',
  'household_size',
  'income_band',
  'product_id',
  'quantity',
  'amount',
  'base_price',
  'price_reduction',
  'feature',
  'display',
  'is_return',
] as const;

const money = (cents: number): string => {
  const sign = cents < 0 ? '-' : '';
  const size = Math.abs(cents);
  const rest = size % 100;
  return `${sign}${(size - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
};
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
const clock = (second: number): string =>
  `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;

export const shopperCode = (shopper: number): string => `L${String(shopper + 1).padStart(7, '0')}`;

/** The transactions as CSV text, a day at a time, the header first; adds up what was written. */
export function* transactionRows(world: World, totals: Totals): Generator<string> {
  const { shoppers, places, catalogue } = world;
  const identity = Array.from(
    { length: shoppers.count },
    (_, i) =>
      `${shopperCode(i)},${ageBands[shoppers.age[i]!]},${households[shoppers.household[i]!]},${incomes[shoppers.income[i]!]}`,
  );
  const flags = [{ depth: 0, feature: false, display: false }, ...mechanics].map(
    ({ depth, feature, display }) => `${depth > 0 ? 1 : 0},${feature ? 1 : 0},${display ? 1 : 0}`,
  );
  const storeCodes = places.stores.map(({ code }) => code);
  const productCodes = catalogue.products.map(({ code }) => code);
  const row = (line: Line, date: string): string => {
    const who = line.shopper < 0 ? ',,,' : identity[line.shopper]!;
    const what = `${storeCodes[line.store]!},${who},${productCodes[line.product]!}`;
    const paid = `${line.units},${money(line.amount)},${money(line.basePrice)},${flags[line.promotion]!}`;
    return `${line.receipt},${date},${clock(line.time)},${what},${paid},${line.isReturn ? 1 : 0}\n`;
  };
  yield `${transactionColumns.join(',')}\n`;
  for (const lines of linesByDay(world)) {
    const date = isoDate(lines[0]?.day ?? 0);
    let text = '';
    for (const line of lines) {
      text += row(line, date);
      totals.add(line);
    }
    yield text;
  }
}

export function productsCsv({ catalogue }: World): string {
  const head =
    'product_id,product_name,brand,manufacturer,category_1,category_2,pack_size,pack_unit,flavour,organic,tier\n';
  const rows = catalogue.products.map((product) => {
    const { market, brand } = catalogue.slots[product.slot]!;
    const { department, category, unit } = markets[market]!;
    const organic = product.organic ? 'yes' : 'no';
    const cells = [
      product.code,
      product.name,
      brand.name,
      brand.manufacturer,
      department,
      category,
      product.pack,
      unit,
    ];
    return `${[...cells, product.flavour, organic, brand.tier].join(',')}\n`;
  });
  return head + rows.join('');
}

export function storesCsv({ places }: World): string {
  const rows = places.stores.map(
    ({ code, name, region, channel, format, size }) =>
      `${[code, name, regionNames[region], channels[channel]!.name, format, size].join(',')}\n`,
  );
  return `store_id,store_name,region,channel,format,size\n${rows.join('')}`;
}

/** Writes products.csv, stores.csv, transactions.csv.gz and truth.json. */
export async function writeFiles(
  world: World,
  totals: Totals,
  folder: string,
  onDay?: (day: number) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'products.csv'), productsCsv(world));
  await writeFile(join(folder, 'stores.csv'), storesCsv(world));
  let day = 0;
  const rows = function* () {
    for (const text of transactionRows(world, totals)) {
      onDay?.(day++);
      yield text;
    }
  };
  const file = createWriteStream(join(folder, 'transactions.csv.gz'));
  await pipeline(Readable.from(rows(), { highWaterMark: 2 }), createGzip({ level: 4, chunkSize: 1 << 18 }), file);
  if (!file.closed) await once(file, 'close');
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(truthOf(world, totals), null, 1)}\n`);
}
