import type { Mapping } from '@/lib/contract/imports';
import type { CopyRows, Groups } from './copy-rows';
import type { Line } from './line';
import { fieldsGiven } from './made';

const MINUTE = 60;
const DAY = 86_400_000;
/** PostgreSQL counts days from here. */
const FIRST_DAY = Date.UTC(2000, 0, 1);

/** Texts of a line: the column of staged_line, what of the line stands in it, and the fields that it comes from. */
const texts = [
  ['store', 'store'],
  ['region', 'region'],
  ['channel', 'channel'],
  ['shopper', 'shopper'],
  ['receipt', 'receipt'],
  ['product', 'product'],
  ['product_name', 'productName'],
  ['brand', 'brand'],
  ['manufacturer', 'manufacturer'],
] as const satisfies [string, keyof Line][];
export type TextField = (typeof texts)[number][0];

export const members = ['product', 'store', 'shopper'] as const;
export type Described = (typeof members)[number];

export const dayOf = (date: string): number => (Date.parse(date) - FIRST_DAY) / DAY;
export const secondsOf = (time: string): number =>
  (Number(time.slice(0, 2)) * MINUTE + Number(time.slice(3, 5))) * MINUTE + Number(time.slice(6, 8));

/** Writes lines as rows of staged_line. Columns that the mapping gives nothing for are left out. */
export class LineRows {
  readonly texts: readonly (readonly [TextField, keyof Line])[];
  readonly category: boolean;
  readonly pack: boolean;
  readonly attributes: readonly Described[];
  readonly target: string;
  private readonly cells: number;

  constructor(
    readonly rows: CopyRows,
    private readonly workspaceId: number,
    private readonly importId: number,
    mapping: Mapping,
  ) {
    const given = new Set(fieldsGiven(mapping));
    this.texts = texts.filter(([field]) => given.has(field));
    this.category = [...given].some((field) => field.startsWith('category_'));
    this.pack = given.has('pack_size');
    this.attributes = members.filter((member) => mapping.attributes.some(({ of }) => of === member));
    const columns = [
      ...['workspace_id', 'import_id', 'row_no', 'date', '"time"', ...this.texts.map(([field]) => field)],
      ...(this.category ? ['category'] : []),
      ...(this.pack ? ['pack_size', 'pack_unit'] : []),
      ...['units', 'amount', 'base_amount', 'promotion', 'is_return'],
      ...this.attributes.map((member) => `${member}_attributes`),
    ];
    this.cells = columns.length;
    this.target = `staged_line (${columns.join(', ')})`;
  }

  /** Begins a row; what follows is written cell by cell, in the order of the columns. */
  begin(row: number): void {
    this.rows.row(this.cells);
    this.rows.integer(this.workspaceId);
    this.rows.integer(this.importId);
    this.rows.integer(row);
  }

  line(row: number, line: Line): void {
    const { rows } = this;
    this.begin(row);
    rows.integer(dayOf(line.date));
    if (line.time === null) rows.nothing();
    else rows.time(secondsOf(line.time));
    for (const [, name] of this.texts) this.text(line[name] as string | null);
    if (this.category) this.text(line.category);
    if (this.pack) {
      if (line.packSize === null) rows.nothing();
      else rows.numeric(sizeGroups(line.packSize), 6);
      this.text(line.packUnit);
    }
    rows.numeric(groupsOf(line.units * 10n), 3);
    rows.numeric(groupsOf(line.amount), 4);
    if (line.baseAmount === null) rows.nothing();
    else rows.numeric(groupsOf(line.baseAmount), 4);
    this.promotion(line.promotion);
    rows.boolean(line.isReturn);
    for (const member of this.attributes) this.text(line.attributes?.[member] ?? null);
  }

  text(text: string | null): void {
    if (text === null) this.rows.nothing();
    else this.rows.text(text);
  }

  promotion(promotion: number | null): void {
    if (promotion === null) this.rows.nothing();
    else this.rows.smallint(promotion);
  }
}

/** Of an integer of ten-thousandths. */
function groupsOf(digits: bigint): Groups {
  const size = digits < 0n ? -digits : digits;
  return { negative: digits < 0n, whole: Number(size / 10_000n), behind: [Number(size % 10_000n), 0] };
}

function sizeGroups(size: string): Groups {
  const [whole = '', fraction = ''] = size.split('.');
  const behind = fraction.padEnd(8, '0');
  return {
    negative: false,
    whole: Number(whole),
    behind: [Number(behind.slice(0, 4)), Number(behind.slice(4, 8))],
  };
}
