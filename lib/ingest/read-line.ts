import type { Clock } from '@/lib/contract/clock';
import type { Field, Mapping } from '@/lib/contract/imports';
import { Cells, type Place } from './cells';
import { currencyNamed, namesCurrency } from '@/lib/values/currency';
import { clockReader, zoneOf } from '@/lib/values/clock';
import { OUT_OF_RANGE, parseTime, type Moment, type ReadDate } from '@/lib/values/date';
import { AMOUNT_SCALE, UNITS_SCALE, type Line } from './line';
import { promotionBits } from './promotion-bits';
import { atScale, divide, multiply, round, type Exact } from '@/lib/values/number';
import { parsePack } from '@/lib/values/pack';
import { LONGEST_TEXT, cleanText, type Fault, type Warn } from './row';
import { wordsOf } from '@/lib/values/words';

export const MOST_UNITS = 10n ** 14n;
export const LARGE_AMOUNT = 1_000_000n * 10n ** BigInt(AMOUNT_SCALE);
export const LEVEL = '\u001f';
const ONE: Exact = { digits: 1n, scale: 0 };
const NEGATIVE = 'Negative; allowed only where the mapping says that negatives are returns';

export interface LineRules {
  mapping: Mapping;
  columns: string[];
  readDate: ReadDate;
  /** Which day and time of day a time stamp is in the workspace. */
  clock: Clock;
  /** Decimals that an amount may have here. */
  scale: number;
  /** Decimals of the workspace's smallest coin. */
  coin: number;
  /** The workspace's currency. */
  home: string;
  /** Of columns whose numbers have another decimal sign than the mapping says. */
  decimals: ReadonlyMap<string, '.' | ','>;
  /** What rows before have told. */
  known: { currency: string | null; promotion: boolean };
  faults: Fault[];
  warn: Warn;
}

/** A reader of transaction rows: the line, or null and the faults of the row in `faults`. */
export function lineReader(rules: LineRules): (fields: string[]) => Line | null {
  const { mapping, columns, readDate, faults, warn } = rules;
  const cells = new Cells(faults, warn, mapping.decimal, rules.scale, rules.known, rules.home);
  const place = (field: Field): Place => {
    const column = mapping.columns[field] ?? '';
    return { at: column === '' ? -1 : columns.indexOf(column), column, decimal: rules.decimals.get(column) };
  };
  const [dateAt, timeAt, packAt, returnAt] = [place('date'), place('time'), place('pack_size'), place('is_return')];
  const [storeAt, regionAt, channelAt] = [place('store'), place('region'), place('channel')];
  const [shopperAt, receiptAt, productAt, nameAt] = [
    place('shopper'),
    place('receipt'),
    place('product'),
    place('product_name'),
  ];
  const [brandAt, manufacturerAt] = [place('brand'), place('manufacturer')];
  const levelsAt = [place('category_1'), place('category_2'), place('category_3')].filter(({ at }) => at >= 0);
  const flagsAt = promotionBits.map(([field, bit]) => ({ ...place(field), bit })).filter(({ at }) => at >= 0);
  const attributesAt = mapping.attributes.map(({ column, of }) => ({ of, column, at: columns.indexOf(column) }));
  const readAttributes = attributesReader(attributesAt);
  const currencyAt = placeOfCurrency(columns);
  const readMoney = moneyReader(cells, place, rules);

  const onClock = clockReader(rules.clock);
  const inWorkspace = (moment: Moment, ahead: number | null): Moment | null => {
    const { zoned, before, date, time } = onClock(moment, ahead);
    if (date < '1970-01-01' || date > '2199-12-31') return cells.fault(dateAt, OUT_OF_RANGE);
    if (zoned) warn('other_zone');
    if (before) warn('day_before');
    return { date, time };
  };
  const readMoment = (): Moment | null => {
    const text = cells.raw(dateAt);
    const found = text === '' ? 'The date is missing; write it like 2024-03-31' : readDate(text);
    if (typeof found === 'string') return cells.fault(dateAt, found);
    const timeText = cells.raw(timeAt);
    if (timeText === '') return inWorkspace(found, isInstant(text, mapping) ? 0 : zoneOf(text));
    const time = parseTime(timeText);
    return time === null
      ? cells.fault(timeAt, 'Not a time of day; write it like 14:05 or 14:05:30')
      : inWorkspace({ date: found.date, time }, zoneOf(timeText));
  };
  const readCategory = (): string | null => {
    let path: string | null = null;
    for (const level of levelsAt) {
      const name = cells.text(level);
      if (name !== null) path = path === null ? name : path + LEVEL + name;
    }
    if (path === null && levelsAt.length > 0) warn('missing_category');
    return path;
  };

  return (fields) => {
    cells.fields = fields;
    const moment = readMoment();
    const product = cells.text(productAt);
    const brand = cells.text(brandAt);
    if (product === null && brand === null)
      cells.fault(
        productAt.at < 0 ? brandAt : productAt,
        'Neither product nor brand is given; a line needs one of them',
      );
    const money = readMoney();
    if (currencyAt) cells.inOneCurrency(currencyNamed(cells.raw(currencyAt), cells.home), currencyAt);
    const marked = cells.takesBack(returnAt);
    let promotion: number | null = flagsAt.length === 0 ? null : 0;
    for (const flag of flagsAt) {
      if (cells.flag(flag)) promotion = (promotion ?? 0) | flag.bit;
      if (!rules.known.promotion) rules.known.promotion = cells.raw(flag) !== '';
    }
    const packText = cells.text(packAt);
    const pack = packText === null ? null : parsePack(packText);
    if (packText !== null && pack === null) warn('pack_size');

    const line: Line = {
      date: moment?.date ?? '',
      time: moment?.time ?? null,
      store: cells.text(storeAt),
      region: cells.text(regionAt),
      channel: cells.text(channelAt),
      shopper: cells.text(shopperAt),
      receipt: cells.text(receiptAt),
      product,
      productName: cells.text(nameAt),
      brand,
      manufacturer: cells.text(manufacturerAt),
      category: readCategory(),
      packSize: pack?.size ?? null,
      packUnit: pack?.unit ?? null,
      units: money?.units ?? 0n,
      amount: money?.amount ?? 0n,
      baseAmount: money?.baseAmount ?? null,
      promotion,
      isReturn: false,
      attributes: readAttributes(fields),
    };
    if (faults.length > 0 || money === null) return null;
    if (marked && mapping.negatives === 'returns' && line.units >= 0n && line.amount >= 0n) turnNegative(line, warn);
    line.isReturn = marked || line.units < 0n || line.amount < 0n;
    if (line.amount > LARGE_AMOUNT || line.amount < -LARGE_AMOUNT) warn('large_amount');
    return line;
  };
}

/** Seconds or milliseconds since 1970, wherever they were counted. */
const isInstant = (text: string, { dateFormat }: Mapping): boolean =>
  (dateFormat === 'auto' || dateFormat.startsWith('epoch')) && /^\d{9,13}$/.test(text);

/** The column that says in which currency a row is, if there is one. */
export function placeOfCurrency(columns: string[]): Place | null {
  const at = columns.findIndex((column) => namesCurrency(wordsOf(column)));
  return at < 0 ? null : { at, column: columns[at]! };
}

interface Money {
  units: bigint;
  amount: bigint;
  baseAmount: bigint | null;
}

/** Units, amount and base amount of a row, each given or made of unit price × units. */
function moneyReader(cells: Cells, place: (field: Field) => Place, rules: LineRules): () => Money | null {
  const [unitsAt, amountAt, priceAt] = [place('units'), place('amount'), place('unit_price')];
  const [baseAt, basePriceAt, discountAt] = [place('base_amount'), place('base_price'), place('discount')];
  const fromPrice = rules.mapping.amountFrom === 'unit_price';
  const refuseNegative = rules.mapping.negatives === 'reject';
  const givenAt = fromPrice ? priceAt : amountAt;
  const givenName = fromPrice ? 'unit price' : 'amount';

  const readUnits = (): Exact | null => {
    if (unitsAt.at < 0) return ONE;
    const units = cells.number(unitsAt, 'units value');
    if (units === null) return null;
    if (units.scale > UNITS_SCALE) return cells.fault(unitsAt, 'More than 3 decimals; units have 3 at most');
    const digits = atScale(units, UNITS_SCALE);
    if (digits >= MOST_UNITS || digits <= -MOST_UNITS)
      return cells.fault(unitsAt, 'Too large: 11 digits before the decimal point at most');
    return refuseNegative && digits < 0n ? cells.fault(unitsAt, NEGATIVE) : units;
  };
  const timesUnits = (price: Exact, units: Exact): Exact => {
    const product = multiply(price, units);
    // What is weighed at the till is rounded there; a price of whole pieces is exact.
    if (units.scale === 0 || product.scale <= rules.coin) return product;
    cells.warn('rounded');
    return round(product, rules.coin);
  };
  const readBase = (units: Exact | null, amount: Exact | null): bigint | null => {
    const base = cells.sum(baseAt);
    if (base) return cells.money(round(base, rules.scale), baseAt);
    const price = cells.sum(basePriceAt);
    if (price) return units && cells.money(round(multiply(price, units), rules.scale), basePriceAt);
    const off = cells.share(discountAt);
    if (off === null || amount === null) return null;
    const left = { digits: 10n ** BigInt(off.scale) - off.digits, scale: off.scale };
    return cells.money(divide(amount, left, rules.scale), discountAt);
  };

  return () => {
    const units = readUnits();
    const given = cells.sum(givenAt, givenName);
    if (refuseNegative && given && given.digits < 0n) cells.fault(givenAt, NEGATIVE);
    const exact = fromPrice ? given && units && timesUnits(given, units) : given;
    const amount = exact && cells.money(exact, givenAt);
    const baseAmount = readBase(units, exact);
    return units === null || amount === null ? null : { units: atScale(units, UNITS_SCALE), amount, baseAmount };
  };
}

/** A row marked as a return takes its sale out again, whichever sign the file gives it. */
function turnNegative(line: Line, warn: Warn): void {
  if (line.units === 0n && line.amount === 0n) return;
  line.units = -line.units;
  line.amount = -line.amount;
  line.baseAmount = line.baseAmount === null ? null : -line.baseAmount;
  warn('return_sign');
}

const REMEMBERED = 10_000;
/** Lines of one shopper or store say the same again and again, so answers are remembered. */
function attributesReader(places: AttributePlace[]): (fields: string[]) => Line['attributes'] {
  if (places.length === 0) return () => null;
  const seen = new Map<string, Line['attributes']>();
  return (fields) => {
    let key = '';
    for (const { at } of places) key += `${fields[at] ?? ''}\u001f`;
    let found = seen.get(key);
    if (found === undefined) {
      found = attributesOf(fields, places);
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(key, found);
    }
    return found;
  };
}

type AttributePlace = Place & { of: string };

export function attributesOf(fields: string[], places: AttributePlace[]): Line['attributes'] {
  const found: Record<string, Record<string, string>> = {};
  for (const { of, column, at } of places) {
    const value = cleanText(fields[at]);
    if (value !== null) (found[of] ??= {})[column] = value.slice(0, LONGEST_TEXT);
  }
  const said = Object.entries(found).map(([of, values]) => [of, JSON.stringify(values)]);
  return said.length > 0 ? Object.fromEntries(said) : null;
}
