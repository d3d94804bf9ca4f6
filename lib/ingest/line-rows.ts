import type { Field, Mapping } from '@/lib/contract/imports';
import { cellOf, type CopyRows, type Groups } from './copy-rows';
import type { Line } from './line';
import { fieldsGiven } from '@/lib/mapping/made';
import type { Names } from './names';
import { Survey } from './survey';

const MINUTE = 60;
const DAY = 86_400_000;
/** PostgreSQL counts days from here. */
const FIRST_DAY = Date.UTC(2000, 0, 1);

/** Texts of a line: the column of staged_line, and what of the line stands in it. The first tell, with day, time and sums, lines apart. */
const texts = {
  sold: [
    ['store', 'store'],
    ['receipt', 'receipt'],
    ['product', 'product'],
    ['brand', 'brand'],
  ],
  said: [
    ['region', 'region'],
    ['channel', 'channel'],
    ['shopper', 'shopper'],
    ['product_name', 'productName'],
    ['manufacturer', 'manufacturer'],
  ],
} as const satisfies Record<string, [Field, keyof Line][]>;

/** A column of texts, with what is told of it. */
export interface TextColumn {
  field: Field;
  of: 'store' | 'receipt' | 'product' | 'brand' | 'region' | 'channel' | 'shopper' | 'productName' | 'manufacturer';
  names: Names | null;
  filled: { count: number };
}

export const members = ['product', 'store', 'shopper'] as const;
export type Described = (typeof members)[number];

export const dayOf = (date: string): number => (Date.parse(date) - FIRST_DAY) / DAY;
export const secondsOf = (time: string): number =>
  (Number(time.slice(0, 2)) * MINUTE + Number(time.slice(3, 5))) * MINUTE + Number(time.slice(6, 8));

/** The columns of texts and pack sizes that the mapping gives something for; the others of staged_line are null in every line. */
export function textsGiven(mapping: Mapping): Set<string> {
  const given = new Set<string>(fieldsGiven(mapping));
  const names = [...texts.sold, ...texts.said].map(([field]) => field).filter((field) => given.has(field));
  const category = [...given].some((field) => field.startsWith('category_')) ? ['category'] : [];
  const pack = given.has('pack_size') ? ['pack_size', 'pack_unit'] : [];
  const attributes = members.filter((member) => mapping.attributes.some(({ of }) => of === member));
  return new Set([...names, ...category, ...pack, ...attributes.map((member) => `${member}_attributes`)]);
}

/** Writes lines as rows of staged_line. Columns that the mapping gives nothing for are left out. */
export class LineRows {
  readonly sold: readonly TextColumn[];
  readonly said: readonly TextColumn[];
  readonly category: boolean;
  readonly pack: boolean;
  readonly attributes: readonly Described[];
  readonly target: string;
  private readonly cells: number;
  private readonly filled: Record<'time' | 'category' | 'pack_size' | 'base_amount', { count: number }>;
  /** Where the cells begin that tell lines apart. */
  private start = 0;
  /** Which of its names each member of the line has; -1: none, or one that is not known again. */
  private readonly at: Record<Described, number> = { product: -1, store: -1, shopper: -1 };
  /** What an earlier line said of each. */
  private readonly before: Record<Described, (Buffer | undefined)[]> = { product: [], store: [], shopper: [] };
  private readonly groups: Groups = { negative: false, whole: 0, behind: [0, 0] };
  /** Where its receipt's id stands; null: it has none. */
  private receipt: string | null = null;
  private readonly receiptAt = { from: 0, to: 0 };
  private day = 0;
  private readonly receiptUnique: boolean;

  /** `survey`: told of every line. */
  constructor(
    readonly rows: CopyRows,
    private readonly workspaceId: number,
    private readonly importId: number,
    mapping: Mapping,
    private readonly survey = new Survey(),
  ) {
    const given = textsGiven(mapping);
    this.receiptUnique = mapping.receiptUnique;
    const columnsOf = (list: readonly (readonly [Field, TextColumn['of']])[]): TextColumn[] =>
      list
        .filter(([field]) => given.has(field))
        .map(([field, of]) => ({ field, of, names: survey.names.get(field) ?? null, filled: survey.counter(field) }));
    this.sold = columnsOf(texts.sold);
    this.said = columnsOf(texts.said);
    this.filled = {
      time: survey.counter('time'),
      category: survey.counter('category'),
      pack_size: survey.counter('pack_size'),
      base_amount: survey.counter('base_amount'),
    };
    this.category = given.has('category');
    this.pack = given.has('pack_size');
    this.attributes = members.filter((member) => given.has(`${member}_attributes`));
    const columns = [
      ...['workspace_id', 'import_id', 'row_no', 'date', '"time"', ...this.sold.map(({ field }) => field)],
      ...['units', 'amount', ...this.said.map(({ field }) => field)],
      ...(this.category ? ['category'] : []),
      ...(this.pack ? ['pack_size', 'pack_unit'] : []),
      ...['base_amount', 'promotion', 'is_return'],
      ...this.attributes.map((member) => `${member}_attributes`),
    ];
    this.cells = columns.length;
    this.target = `staged_line (${columns.join(', ')})`;
  }

  /** Begins a row; what follows is written cell by cell, in the order of the columns. */
  begin(row: number, day: number, seconds: number): void {
    const { rows } = this;
    rows.row(this.cells);
    rows.integer(this.workspaceId);
    rows.integer(this.importId);
    rows.integer(row);
    this.start = rows.end;
    this.at.product = this.at.store = this.at.shopper = -1;
    this.receipt = null;
    this.day = day;
    rows.integer(day);
    if (seconds < 0) rows.nothing();
    else {
      rows.time(seconds);
      this.filled.time.count += 1;
    }
  }

  /** What was sold, in 10^-UNITS_SCALE and 10^-AMOUNT_SCALE. */
  sums(date: string, units: number | bigint, amount: number | bigint): void {
    this.numeric(typeof units === 'bigint' ? units * 10n : units * 10, 3);
    this.numeric(amount, 4);
    this.survey.sold(date, this.at.product, Number(units), Number(amount));
    if (this.receipt !== null) this.survey.repeated.add(this.rows.hashFrom(this.start));
  }

  line(row: number, line: Line): void {
    this.begin(row, dayOf(line.date), line.time === null ? -1 : secondsOf(line.time));
    for (const column of this.sold) this.text(column, line[column.of]);
    this.sums(line.date, line.units, line.amount);
    for (const column of this.said) this.text(column, line[column.of]);
    if (this.category) this.path(line.category === null ? null : cellOf(line.category));
    if (this.pack) {
      if (line.packSize === null) this.rows.nothing();
      else this.rows.numeric(sizeGroups(line.packSize), 6);
      if (line.packUnit === null) this.rows.nothing();
      else this.rows.text(line.packUnit);
      if (line.packSize !== null) this.filled.pack_size.count += 1;
    }
    this.base(line.baseAmount);
    this.promotion(line.promotion);
    this.rows.boolean(line.isReturn);
    for (const member of this.attributes) this.tellOf(member, said(line, member));
  }

  text(column: TextColumn, text: string | null): void {
    if (text === null) return this.rows.nothing();
    this.tell(column, text, 0, text.length);
    this.rows.text(text);
  }

  /** A part of a text of ASCII. */
  ascii(column: TextColumn, text: string, from: number, to: number): void {
    this.tell(column, text, from, to);
    this.rows.ascii(text, from, to);
  }

  private tell({ of, names, filled }: TextColumn, text: string, from: number, to: number): void {
    filled.count += 1;
    const name = names === null ? -1 : names.at(text, from, to);
    if (of === 'product' || of === 'store' || of === 'shopper') this.at[of] = name;
    if (of === 'receipt') {
      this.receipt = text;
      this.receiptAt.from = from;
      this.receiptAt.to = to;
    } else if (of === 'shopper' && this.receipt !== null) {
      // The same id is another receipt on another day or in another store.
      const [day, store] = this.receiptUnique ? [0, 0] : [this.day, this.at.store];
      this.survey.bought(this.receipt, this.receiptAt.from, this.receiptAt.to, day, store, name);
    }
  }

  path(category: Buffer | null): void {
    if (category !== null) this.filled.category.count += 1;
    this.cell(category);
  }

  /** What the line says of a member, its attributes. What the one before of the same member said is not said again. */
  tellOf(member: Described, attributes: Buffer | null): void {
    const at = this.at[member];
    const before = at < 0 ? undefined : this.before[member][at];
    if (attributes === null || (before !== undefined && (before === attributes || before.equals(attributes))))
      return this.rows.nothing();
    if (at >= 0) this.before[member][at] = attributes;
    this.rows.copy(attributes);
  }

  private cell(cell: Buffer | null): void {
    if (cell === null) this.rows.nothing();
    else this.rows.copy(cell);
  }

  base(amount: number | bigint | null): void {
    if (amount === null) return this.rows.nothing();
    this.filled.base_amount.count += 1;
    this.numeric(amount, 4);
  }

  promotion(promotion: number | null): void {
    if (promotion === null) this.rows.nothing();
    else this.rows.smallint(promotion);
  }

  /** An integer of ten-thousandths. */
  private numeric(digits: number | bigint, scale: number): void {
    const { groups } = this;
    groups.negative = digits < 0;
    if (typeof digits === 'bigint') {
      const size = digits < 0n ? -digits : digits;
      groups.behind[0] = Number(size % 10_000n);
      groups.whole = Number(size / 10_000n);
    } else {
      const size = Math.abs(digits);
      groups.behind[0] = size % 10_000;
      groups.whole = (size - groups.behind[0]) / 10_000;
    }
    this.rows.numeric(groups, scale);
  }
}

const said = ({ attributes }: Line, member: Described): Buffer | null => {
  const found = attributes?.[member];
  return found === undefined ? null : cellOf(found);
};

function sizeGroups(size: string): Groups {
  const [whole = '', fraction = ''] = size.split('.');
  const behind = fraction.padEnd(8, '0');
  return {
    negative: false,
    whole: Number(whole),
    behind: [Number(behind.slice(0, 4)), Number(behind.slice(4, 8))],
  };
}
