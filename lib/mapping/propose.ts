import { fieldsOf, type Field, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { proposeAttributes, type Sample } from './attributes';
import { isWeekly } from './is-weekly';
import { isOfOrder, nameScore, saysOther, OUTRIGHT } from './name-score';
import { anyDateReader, isDateLike } from '@/lib/values/date';
import { dateFormOf } from '@/lib/values/date-form';
import { decimalOf } from '@/lib/values/decimal-sign';
import { parseFlag, parseReturn } from '@/lib/values/flag';
import { parseExact } from '@/lib/values/number';
import { parsePack } from '@/lib/values/pack';
import { signedReturns, tellsReturns } from '@/lib/values/returns';
import { categoryLevels, days, flags, namesOf, numbers, storeNames, weeks, type Name } from '@/lib/values/synonyms';
import { wordsOf } from '@/lib/values/words';

const LOOKED_AT = 500;
/** Of the lines, those that have an amount where the column is one of lines. */
const MOST = 0.9;

export interface Proposal {
  kind: ImportKind;
  mapping: Mapping;
}

/** The kind of a file and what its columns mean, from their names and the values under them. */
export function propose(sample: Sample, given?: ImportKind): Proposal {
  const values = sample.columns.map((_, at) => sample.rows.map((row) => row[at] ?? '').filter((value) => value !== ''));
  const kind = given ?? kindOf(match('transactions', sample.columns, values), sample.columns);
  const columns = match(kind, sample.columns, values);
  // What the columns of numbers show counts, not what others do, such as places on a map.
  const own = decimalOf(
    [...numbers].flatMap((field) => values[sample.columns.indexOf(columns[field as Field] ?? '')] ?? []),
  );
  const { decimal } = own.shown ? own : decimalOf(values.flatMap((column) => column.slice(0, LOOKED_AT)));
  // A unit price beside an amount says nothing more.
  const amountFrom = !columns.amount && columns.unit_price ? 'unit_price' : 'amount';
  const at = (field: Field): string[] => values[sample.columns.indexOf(columns[field] ?? '')] ?? [];
  const cells = (field: Field): string[] => {
    const column = sample.columns.indexOf(columns[field] ?? '');
    return sample.rows.map((row) => row[column] ?? '');
  };
  const returns =
    columns.is_return !== undefined ||
    signedReturns(cells('units'), amountFrom === 'amount' ? cells('amount') : null, decimal);
  return {
    kind,
    mapping: {
      ...receiptsOf(columns),
      attributes: proposeAttributes(sample, kind, columns),
      grain:
        kind !== 'transactions'
          ? 'receipt'
          : isWeekly(columns.date, at('date'))
            ? 'week'
            : columns.receipt
              ? 'receipt'
              : 'day',
      dateFormat: dateFormOf(at('date').slice(0, LOOKED_AT), columns.date) ?? 'auto',
      decimal,
      negatives: returns ? 'returns' : 'reject',
      amountFrom,
      receiptUnique: false,
    },
  };
}

export type Columns = Partial<Record<Field, string>>;

const share = (values: string[], is: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(is).length / values.length;

/** Whether the values can be what the name says; a name that says it outright may have many faulty ones. */
export function fits(field: string, values: string[], decimal: '.' | ',', outright: boolean, name = ''): boolean {
  if (values.length === 0) return flags.has(field);
  const few = values.slice(0, 500);
  const most = (is: (value: string) => boolean): boolean => share(few, is) > (outright ? 0.4 : 0.7);
  if (field === 'date') {
    const readers = [anyDateReader('dmy'), anyDateReader('mdy')];
    if (dateFormOf(few, name) !== null) return true;
    return most((value) => readers.some((read) => isDateLike(read(value))));
  }
  if (field === 'time') return most((value) => /^\d{1,2}(:?|\s?h\s?)\d{2}/i.test(value));
  if (numbers.has(field)) return most((value) => parseExact(value, decimal) !== null);
  // Without a sign of percent a discount is more often an amount.
  if (field === 'discount') return outright && most((value) => /\d\s*%$/.test(value));
  if (flags.has(field)) {
    const read = field === 'is_return' ? parseReturn : parseFlag;
    return most((value) => read(value) !== null) && new Set(values).size <= 20;
  }
  // A bare number is a size where its column is named for one: a household has a size too.
  if (field === 'pack_size')
    return most((value) => parsePack(value) !== null || (outright && parseExact(value, decimal) !== null));
  // A card that is named, and not numbered, is a way to pay.
  if (field === 'shopper' && /card/i.test(name)) return most((value) => /\d{3}/.test(value));
  if (field === 'product_name' || field === 'store_name') return most((value) => /\p{L}/u.test(value));
  return true;
}

/** Fields to columns, the best fits first, each field and each column once. */
function match(kind: ImportKind, names: string[], values: string[][]): Columns {
  const decimals = values.map((column) => decimalOf(column.slice(0, LOOKED_AT)).decimal);
  const fields = fieldsOf[kind] as readonly Field[];
  const offers: { field: Field; at: number; score: number }[] = [];
  for (const field of fields) {
    if ((categoryLevels as readonly string[]).includes(field)) continue;
    names.forEach((name, at) => {
      const score = nameScore(name, namesOf[field]);
      const outright = score > OUTRIGHT;
      // A flag must be named outright: "coupon_disc" is an amount.
      const enough = flags.has(field) ? outright : score > 0;
      if (
        enough &&
        (outright || !saysOther(field, name)) &&
        fits(field, values[at] ?? [], decimals[at] ?? '.', outright, name)
      )
        offers.push({ field, at, score });
    });
  }
  const levels = fields.includes('category_1') ? categoryColumns(names, values) : [];
  const taken = new Set(levels);
  const columns: Columns = {};
  for (const offer of offers.sort((a, b) => b.score - a.score)) {
    if (columns[offer.field] !== undefined || taken.has(offer.at)) continue;
    columns[offer.field] = names[offer.at]!;
    taken.add(offer.at);
  }
  if (kind === 'transactions' && columns.date === undefined) {
    const [only, ...others] = names.filter((_, at) => !taken.has(at) && holdsDates(values[at] ?? []));
    if (only !== undefined && others.length === 0) columns.date = only;
    else if (only === undefined) {
      const counted = countedColumn(names, values, taken) ?? orderColumn(columns.receipt, names, values);
      if (counted !== undefined) columns.date = counted;
    }
  }
  if (kind === 'transactions' && columns.is_return === undefined) {
    const telling = names.find((_, at) => !taken.has(at) && tellsReturns(values[at] ?? []));
    if (telling !== undefined) columns.is_return = telling;
  }
  // Beside price and units, what was paid for the whole order is no amount of its lines.
  const given = (field: Field): number => values[names.indexOf(columns[field] ?? '')]?.length ?? 0;
  if (columns.amount !== undefined && columns.unit_price !== undefined && columns.units !== undefined)
    if (isOfOrder(columns.amount) || given('amount') < given('unit_price') * MOST) delete columns.amount;
  // Web shops call the brand of a thing its vendor; where a brand is named, a vendor is who delivers.
  if (columns.brand === undefined && wordsOf(columns.manufacturer ?? '').includes('vendor')) {
    columns.brand = columns.manufacturer!;
    delete columns.manufacturer;
  }
  // A unit tells of the sizes that it is of, and of nothing else.
  if (columns.pack_size === undefined) delete columns.pack_unit;
  // Without a code of its own, a product goes by its name; what else is called so outright then names it.
  if (fields.includes('product') && columns.product === undefined && columns.product_name !== undefined) {
    columns.product = columns.product_name;
    const rest = offers.filter(({ field, at }) => field === 'product_name' && !taken.has(at));
    if (rest[0] && rest[0].score > OUTRIGHT) columns.product_name = names[rest[0].at]!;
    else delete columns.product_name;
  }
  levels.forEach((at, level) => {
    columns[categoryLevels[level]!] = names[at]!;
  });
  return columns;
}

/** Whether all of the values are dates and cannot be bare numbers: whatever the column is called, it tells days. */
function holdsDates(values: string[]): boolean {
  const few = values.slice(0, LOOKED_AT);
  const readers = [anyDateReader('dmy'), anyDateReader('mdy')];
  return (
    few.length > 0 && few.every((value) => /\d\D+\d/.test(value) && readers.some((read) => isDateLike(read(value))))
  );
}

/** The column that numbers days, else weeks: dates, once somebody says on which day the count begins. */
function countedColumn(names: string[], values: string[][], taken: Set<number>): string | undefined {
  const counts = names.filter(
    (_, at) =>
      !taken.has(at) && values[at]?.length && values[at].slice(0, LOOKED_AT).every((value) => /^\d{1,4}$/.test(value)),
  );
  const speaksOf = (units: ReadonlySet<string>) => counts.find((name) => wordsOf(name).some((word) => units.has(word)));
  return speaksOf(days) ?? speaksOf(weeks);
}

/** Purchases that are numbered from 1 for each shopper tell their order, which is all that such a file knows of dates. */
function orderColumn(receipt: string | undefined, names: string[], values: string[][]): string | undefined {
  const few = (values[names.indexOf(receipt ?? '')] ?? []).slice(0, LOOKED_AT);
  const begins = few.filter((value) => value === '1').length;
  return few[0] === '1' && begins > 1 && few.every((value) => /^\d{1,4}$/.test(value)) ? receipt : undefined;
}

/** Where the order of a shopper's purchases stands for the date, a number is a receipt together with its shopper only. */
function receiptsOf({ receipt, ...rest }: Columns): Pick<Mapping, 'columns' | 'made'> {
  const { date, shopper } = rest;
  if (receipt === undefined) return { columns: rest, made: {} };
  if (receipt !== date || shopper === undefined) return { columns: { ...rest, receipt }, made: {} };
  return { columns: rest, made: { receipt: { join: [shopper, receipt], with: '-' } } };
}

function categoryColumns(names: string[], values: string[][]): number[] {
  const found: number[] = [];
  for (const level of categoryLevels) {
    const scored = names
      .map((name, at) => ({ at, score: (values[at]?.length ?? 0) > 0 ? nameScore(name, namesOf[level]) : 0 }))
      .filter(({ at, score }) => score >= OUTRIGHT && !found.includes(at) && !tellsReturns(values[at] ?? []))
      .sort((a, b) => b.score - a.score);
    if (scored[0]) found.push(scored[0].at);
  }
  return found;
}

function kindOf(asLines: Columns, names: string[]): ImportKind {
  const money = asLines.amount ?? asLines.unit_price;
  if (asLines.date && (money ?? asLines.units)) return 'transactions';
  // A list of stores has store codes, and neither dates nor codes of products nor what was sold at which price.
  const outright = (lists: Name[][]): boolean => nameScoreOf(names, lists) > OUTRIGHT;
  if (outright(namesOf.store) && !outright(namesOf.product) && !asLines.date && !(money && asLines.units))
    return 'stores';
  const { product_name, brand, manufacturer, category_1, pack_size } = asLines;
  const describesProducts = [product_name, brand, manufacturer, category_1, pack_size];
  if (asLines.product && describesProducts.some((column) => column !== undefined) && !asLines.units) return 'products';
  const namesStores = nameScoreOf(names, namesOf.store) || nameScoreOf(names, storeNames);
  if (namesStores && !asLines.product && !money) return 'stores';
  return 'transactions';
}
const nameScoreOf = (names: string[], lists: Name[][]): number =>
  Math.max(0, ...names.map((name) => nameScore(name, lists)));
