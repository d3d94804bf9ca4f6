import type { Made, Mapping } from '@/lib/contract/imports';

// Fields that no single column gives. Each gets a column of its own behind those of the file, which the readers of rows
// then read as any other.

export interface Filling {
  mapping: Mapping;
  columns: string[];
  /** A row of the file with the made columns behind its own. */
  fill: (fields: string[]) => string[];
}

/** Ids and dates: with a part missing they would name another one. */
const whole = new Set(['date', 'time', 'store', 'shopper', 'receipt', 'product']);

/** The fields that a mapping gives, of columns or made. */
export const fieldsGiven = ({ columns, made }: Mapping): string[] => [...Object.keys(columns), ...Object.keys(made)];

/** The mapping with made fields as columns, and what fills them; null when none is made. */
export function madeColumns(
  mapping: Mapping,
  columns: string[],
  findBrand: (text: string) => string | null = () => null,
): Filling | null {
  const entries = Object.entries(mapping.made);
  if (entries.length === 0) return null;
  const makers = entries.map(([field, made]) => makerOf(field, made, columns, findBrand));
  const names = entries.map(([field, made]) => madeName(field, made));
  const width = columns.length;
  return {
    mapping: {
      ...mapping,
      columns: { ...mapping.columns, ...Object.fromEntries(entries.map(([field], at) => [field, names[at]!])) },
    },
    columns: [...columns, ...names],
    fill: (fields) => {
      const filled = fields.slice(0, width);
      while (filled.length < width) filled.push('');
      for (const make of makers) filled.push(make(fields));
      return filled;
    },
  };
}

function makerOf(
  field: string,
  made: Made,
  columns: string[],
  findBrand: (text: string) => string | null,
): (fields: string[]) => string {
  if ('constant' in made) return () => made.constant;
  if ('brandIn' in made) {
    const at = columns.indexOf(made.brandIn);
    return (fields) => findBrand(fields[at] ?? '') ?? '';
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

/** What a made field is made of, in a few words. */
export function describeMade(made: Made): string {
  if ('constant' in made) return `“${made.constant}”`;
  return 'brandIn' in made ? `brand in ${made.brandIn}` : made.join.join(' + ');
}

/** The columns that a made field is made of. */
export const sourcesOf = (made: Made): string[] =>
  'constant' in made ? [] : 'brandIn' in made ? [made.brandIn] : made.join;
