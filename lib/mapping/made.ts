import type { Made, Mapping } from '@/lib/contract/imports';
import { calculator } from './calculate';

// Fields that no single column gives. Each gets a column of its own behind those of the file, which the readers of rows
// then read as any other.

export interface Filling {
  mapping: Mapping;
  columns: string[];
  /** A row of the file with the made columns behind its own; `warn` hears what is odd about them. */
  fill: (fields: string[], warn?: MadeWarn) => string[];
}

type MadeWarn = (rule: 'brand_not_found' | 'calculated_rounded') => void;
type Make = (fields: string[], warn: MadeWarn | undefined) => string;

/** What is known besides the mapping. */
interface Known {
  findBrand?: (text: string) => string | null;
  /** The first rows. */
  rows?: readonly string[][];
  /** Decimals of the smallest coin. */
  coin?: number;
}

/** Ids and dates: with a part missing they would name another one. */
const whole = new Set(['date', 'time', 'store', 'shopper', 'receipt', 'product']);

/** The fields that a mapping gives, of columns or made. */
export const fieldsGiven = ({ columns, made }: Mapping): string[] => [...Object.keys(columns), ...Object.keys(made)];

/** The mapping with made fields as columns, and what fills them; null when none is made. */
export function madeColumns(mapping: Mapping, columns: string[], known: Known = {}): Filling | null {
  const entries = Object.entries(mapping.made);
  if (entries.length === 0) return null;
  const makers = entries.map(([field, made]) => makerOf(field, made, { ...known, columns, decimal: mapping.decimal }));
  const names = entries.map(([field, made]) => madeName(field, made));
  const width = columns.length;
  return {
    mapping: {
      ...mapping,
      columns: { ...mapping.columns, ...Object.fromEntries(entries.map(([field], at) => [field, names[at]!])) },
    },
    columns: [...columns, ...names],
    fill: (fields, warn) => {
      const filled = fields.slice(0, width);
      while (filled.length < width) filled.push('');
      for (const make of makers) filled.push(make(fields, warn));
      return filled;
    },
  };
}

function makerOf(field: string, made: Made, known: Known & { columns: string[]; decimal: '.' | ',' }): Make {
  const { columns, findBrand } = known;
  if ('constant' in made) return () => made.constant;
  if ('calculate' in made) return calculator(field, made.calculate, known);
  if ('part' in made) {
    const at = columns.indexOf(made.part);
    return (fields) => pieceOf((fields[at] ?? '').trim(), made).trim();
  }
  if ('brandIn' in made) {
    const at = columns.indexOf(made.brandIn);
    return (fields, warn) => {
      const brand = findBrand?.(fields[at] ?? '') ?? '';
      if (brand === '') warn?.('brand_not_found');
      return brand;
    };
  }
  const places = made.join.map((column) => columns.indexOf(column));
  return (fields) => {
    const parts = places.map((at) => (fields[at] ?? '').trim());
    const given = parts.filter((part) => part !== '');
    return whole.has(field) && given.length < parts.length ? '' : given.join(made.with);
  };
}

/** The column that a made field gets, among those of the file. */
export const madeName = (field: string, made: Made): string => `${describeMade(made)} → ${field}`;

type Part = Extract<Made, { part: string }>;

/** Of a text without the mark, all stands before it, and nothing after. Characters are counted as people see them. */
function pieceOf(text: string, part: Part): string {
  if ('first' in part) return Array.from(text).slice(0, part.first).join('');
  if ('last' in part) return Array.from(text).slice(-part.last).join('');
  const at = text.indexOf('before' in part ? part.before : part.after);
  if ('before' in part) return at < 0 ? text : text.slice(0, at);
  return at < 0 ? '' : text.slice(at + part.after.length);
}

const signs = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const;

/** What a made field is made of, in a few words. */
export function describeMade(made: Made): string {
  if ('constant' in made) return `“${made.constant}”`;
  if ('calculate' in made) {
    const [left, operator, right] = made.calculate;
    return `${left} ${signs[operator]} ${right}`;
  }
  if ('part' in made) {
    if ('first' in made) return `first ${made.first} of ${made.part}`;
    if ('last' in made) return `last ${made.last} of ${made.part}`;
    return 'before' in made ? `${made.part} before “${made.before}”` : `${made.part} after “${made.after}”`;
  }
  return 'brandIn' in made ? `brand in ${made.brandIn}` : made.join.join(' + ');
}

/** The columns that a made field is made of. */
export function sourcesOf(made: Made): string[] {
  if ('constant' in made) return [];
  if ('calculate' in made) return made.calculate.filter((one, at) => at !== 1 && typeof one === 'string') as string[];
  if ('part' in made) return [made.part];
  return 'brandIn' in made ? [made.brandIn] : made.join;
}

/** The same of columns that are called otherwise. */
export function renamedMade(made: Made, name: (column: string) => string): Made {
  if ('constant' in made) return made;
  if ('calculate' in made) {
    const [left, operator, right] = made.calculate;
    return { calculate: [name(left), operator, typeof right === 'string' ? name(right) : right] };
  }
  if ('part' in made) return { ...made, part: name(made.part) };
  return 'brandIn' in made ? { brandIn: name(made.brandIn) } : { ...made, join: made.join.map(name) };
}
