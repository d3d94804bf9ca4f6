import { expect, it } from 'vitest';
import { mapping as mappingShape, type Mapping } from '@/lib/contract/imports';
import { CopyRows } from './copy-rows';
import { fixerOf, type Fixer } from './fixer';
import { anyDateReader, patternReader } from '@/lib/values/date';
import { LineRows } from './line-rows';
import { plainLines } from './plain-lines';
import { PlainRow } from './plain-row';
import { lineReader, type LineRules } from './read-line';
import type { Dialect } from '@/lib/tables/record';
import { RecordSplitter } from '@/lib/tables/records';
import type { Fault, WarningRule } from './row';
import { TableRows, type TableRow } from '@/lib/tables/table-rows';
import type { TableShape } from '@/lib/tables/shape';
import { Survey } from './survey';
import { Tally } from './tally';

// Lines that are taken as plain come out to the bit as those that are read with care; whatever is odd about one, it is not taken.

/** The same numbers in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const columns = [
  ...['receipt', 'date', 'time', 'store', 'shopper', 'age', 'product', 'name', 'brand', 'c1', 'c2', 'units'],
  ...['amount', 'price', 'base', 'base_price', 'feature', 'display', 'returned', 'colour'],
];
const all: Mapping['columns'] = {
  ...{ receipt: 'receipt', date: 'date', time: 'time', store: 'store', shopper: 'shopper', product: 'product' },
  ...{ product_name: 'name', brand: 'brand', category_1: 'c1', category_2: 'c2', units: 'units', amount: 'amount' },
  ...{ unit_price: 'price', base_amount: 'base', base_price: 'base_price', feature: 'feature', display: 'display' },
  ...{ is_return: 'returned' },
};
const numbers = ['1', '2', '12', '3.5', '0', '-1', '-2.25', '4.60', '1234.5678', '0.1250', '7.', '.5', '007', '1.005'];
const odd = ['', ' ', 'x', '12,5', '1e3', '99999999999999999', '3.00000000004', '$5', '5 %', '(3)', '2000000', '٣'];
const usual: Record<string, string[]> = {
  receipt: ['1', '17', 'R-9', 'T1'],
  date: ['2024-01-05', '2024-02-29', '05.01.2024', '2024-01-05 14:05:30', '2024-01-05T00:00:01'],
  time: ['14:05:30', '00:00:00', '23:59:59', ''],
  store: ['S1', 'S2', ''],
  shopper: ['H1', 'H2', ''],
  age: ['30-39', '60+', ''],
  product: ['P1', 'P2', 'Größe', 'P3 '],
  name: ['Tea', "Kellogg's", 'Crème brûlée', ''],
  brand: ['B1', ''],
  c1: ['Food', 'Süßes'],
  c2: ['Tea', ''],
  units: ['1', '2', '3', '0.5', '-1'],
  amount: numbers,
  price: numbers,
  base: ['', '5', '4.999', '-3.0005', '2.5'],
  base_price: ['', '1.2345', '9.99', '0.333'],
  feature: ['0', '1', '', 'yes'],
  display: ['0', '1', 'n'],
  returned: ['0', '0', '0', '1', ''],
  colour: ['red', ''],
};
const strange = [
  ...[
    "'=Tea",
    "''-x",
    "'t is",
    '"a"',
    'a"b',
    "'x'",
    '\u00a0',
    'a\u00a0b',
    ' lead',
    'trail ',
    '\u0007',
    '\ufffd',
    '#',
    'Total',
    'receipt',
    '\\',
  ],
  ...['25:00:00', '14:05', '2:05 pm', '2024-02-30', '2024-13-01', '31.12.1969', 'x'.repeat(256), '😀', '\u0085'],
];

const dialects: Dialect[] = [
  { delimiter: ',', quote: '"' },
  { delimiter: ';', quote: '"', escape: '\\' },
  { delimiter: '\t', quote: '' },
  { delimiter: '|', quote: "'" },
];
type Change = Partial<LineRules> & { fixer?: Fixer | null };
const mappings: [Partial<Mapping>, Change][] = [
  [{ columns: all }, {}],
  [
    { columns: all, negatives: 'returns' },
    { scale: 2, clock: { timeZone: 'Europe/Berlin', dayStart: 4 } },
  ],
  [{ columns: all, amountFrom: 'unit_price', negatives: 'returns' }, { scale: 3 }],
  [
    { columns: { ...all, base_amount: '' }, decimal: ',', negatives: 'returns' },
    { scale: 0, coin: 0 },
  ],
  [{ columns: { date: 'date', brand: 'brand', amount: 'amount' }, dateFormat: 'YYYY-MM-DD' }, {}],
  // Set right by hand, into what is plain and what is not.
  [
    { columns: all, negatives: 'returns' },
    {
      fixer: fixerOf(
        {
          cells: Array.from({ length: 50 }, (_, at) => ({ row: at * 17, column: columns[at % 19]!, to: `${at}` })),
          values: [
            { column: 'brand', from: 'B1', to: 'B "9"' },
            { column: 'store', from: '', to: 'S9' },
            { column: 'units', from: '3', to: '1.5' },
            { column: 'amount', from: 'x', to: '4' },
            { column: 'date', from: '2024-02-29', to: '' },
          ],
        },
        columns,
      ),
    },
  ],
];

/** What is staged of a text, and counted. Rows that are taken as plain are told from the others. */
function reading(dialect: Dialect, given: Partial<Mapping>, change: Change, withPlain: boolean) {
  const mapped = Object.fromEntries(Object.entries(given.columns ?? {}).filter(([, column]) => column !== ''));
  const mapping = mappingShape.parse({
    attributes: [
      { column: 'age', of: 'shopper' },
      { column: 'colour', of: 'product' },
    ],
    ...given,
    columns: mapped,
  });
  const { fixer = null, ...rest } = change;
  const faults: Fault[] = [];
  const warned: WarningRule[] = [];
  const tally = new Tally();
  const rules: LineRules = {
    mapping,
    columns,
    readDate: mapping.dateFormat === 'auto' ? anyDateReader('dmy') : patternReader(mapping.dateFormat)!,
    ...{ scale: 4, coin: 2, home: 'EUR', clock: { timeZone: null, dayStart: 0 } },
    decimals: new Map(),
    known: tally,
    faults,
    warn: (rule) => void warned.push(rule),
    ...rest,
  };
  const table: TableShape = {
    width: columns.length,
    firstRow: 1,
    headerRows: 1,
    header: columns,
    typed: [1, 12],
    isValue: [],
  };
  const [rows, staged] = [new CopyRows(100_000), [] as string[]];
  const survey = new Survey();
  const lines = new LineRows(rows, 1, 2, mapping, survey);
  const read = lineReader(rules);
  const told: string[] = [];
  const keep = (row: number): void => {
    staged.push(`${row} ${rows.take().toString('hex')}`);
  };
  const take = (record: TableRow): void => {
    faults.length = warned.length = 0;
    if (record.mended) warned.push('mended_row');
    if (record.raw.includes('\ufffd')) warned.push('bad_character');
    const line = record.fault === null && record.fields.length === columns.length ? read(record.fields) : null;
    if (line) {
      lines.line(record.row, line);
      keep(record.row);
      tally.addLine(line);
      tally.accept(record.row, warned);
    } else told.push(`${record.row} ${record.fault} ${JSON.stringify(faults)}`);
  };
  const table_ = new TableRows(table, dialect, (record) => take(fixer ? fixer.apply(record) : record));
  const row = PlainRow.of(columns.length, dialect, table, mapping.decimal)!;
  const plain = withPlain ? plainLines(rules, row, lines, tally, fixer) : null;
  let taken = 0;
  return {
    push(text: string): void {
      const splitter = new RecordSplitter(dialect);
      splitter.push(text, table_.push, (all, start, end, no) => {
        if (!table_.continues(no) || !plain?.(all, start, end, no)) return false;
        table_.passed(no);
        keep(no);
        taken += 1;
        return true;
      });
      splitter.end(table_.push);
      table_.end();
    },
    found: () => ({ staged, told, after: table_.after, tally: JSON.parse(tally.save()) as unknown }),
    seen: () => ({
      names: [...survey.names].map(([name, names]) => [name, names.all]),
      filled: survey.filled,
      repeated: survey.repeated.count,
      withoutRevenue: survey.withoutRevenue(1),
      usual: [2, 5, 100, 10_000].map((times) => survey.hasUsualPrices(times)),
    }),
    taken: () => taken,
  };
}

const cases = dialects.flatMap((dialect) => mappings.map((mapping) => [dialect, ...mapping] as const));

it.each(cases.filter(([{ delimiter }, { decimal }]) => delimiter !== decimal))(
  'reads the same: %j %j %j',
  (dialect, given, change) => {
    const below = random(JSON.stringify([dialect, given]).length);
    const cell = (column: string): string => {
      const from = usual[column]!;
      const lot = below(300);
      if (lot === 0) return strange[below(strange.length)]!;
      if (lot === 1) return odd[below(odd.length)]!;
      return from[below(from.length)]!;
    };
    const line = (): string => {
      const cells = columns.map(cell);
      if (below(80) === 0) cells.push('');
      if (below(80) === 0) cells.pop();
      if (below(200) === 0) return cells.map(() => '').join(dialect.delimiter);
      return cells.join(below(100) === 0 ? `${dialect.delimiter} ` : dialect.delimiter);
    };
    const decimal = (text: string): string => (given.decimal === ',' ? text.replaceAll('.', ',') : text);
    const body = Array.from({ length: 1_500 }, () => decimal(line()));
    const text = `${[columns.join(dialect.delimiter), ...body].join('\n')}\n`;
    const [careful, quick] = [false, true].map((plain) => reading(dialect, given, change, plain));
    careful!.push(text);
    quick!.push(text);
    expect(quick!.found()).toEqual(careful!.found());
    expect(quick!.seen()).toEqual(careful!.seen());
    expect(quick!.taken()).toBeGreaterThan(100);
  },
);
