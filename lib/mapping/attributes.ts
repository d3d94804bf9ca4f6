import type { Field, ImportKind, Mapping } from '@/lib/contract/imports';

export interface Sample {
  columns: string[];
  rows: string[][];
}

type Member = Mapping['attributes'][number]['of'];

const MOST_VALUES = 200;
const LONGEST = 80;
const LEAST_EVIDENCE = 5;

/** Columns left over that describe a member: few values, and one and the same wherever the member comes again. */
export function proposeAttributes(
  sample: Sample,
  kind: ImportKind,
  columns: Partial<Record<Field, string>>,
): Mapping['attributes'] {
  const used = new Set(Object.values(columns));
  const left = sample.columns.filter((column) => !used.has(column));
  if (kind !== 'transactions') {
    const of = kind === 'products' ? 'product' : 'store';
    return left.filter((column) => isDescriptive(sample, column, 1)).map((column) => ({ column, of }));
  }
  const members: Member[] = ['shopper', 'store', 'product'];
  return left.flatMap((column) => {
    if (!isDescriptive(sample, column, 0.5)) return [];
    const [best] = members
      .map((of) => ({ of, rows: evidence(sample, columns[of], column) }))
      .filter(({ rows }) => rows >= LEAST_EVIDENCE)
      .sort((a, b) => b.rows - a.rows);
    return best ? [{ column, of: best.of }] : [];
  });
}

const valuesOf = (sample: Sample, column: string): string[] => {
  const at = sample.columns.indexOf(column);
  return sample.rows.map((row) => row[at] ?? '').filter((value) => value !== '');
};

/** A word that groups: several values, not a measure, not prose, and not a name that each row has for itself. */
function isDescriptive(sample: Sample, column: string, mostDistinct: number): boolean {
  const values = valuesOf(sample, column);
  const distinct = new Set(values);
  if (distinct.size < 2 || distinct.size > MOST_VALUES || distinct.size > values.length * mostDistinct) return false;
  if (distinct.size === values.length && values.length > 10) return false;
  if (values.some((value) => value.length > LONGEST)) return false;
  const numeric = values.filter((value) => /^-?[\d.,]+$/.test(value)).length;
  const measure = values.some((value) => /\d[.,]\d/.test(value)) || distinct.size > values.length / 4;
  return !(numeric > values.length * 0.9 && measure);
}

/**
 * How many rows say that a column describes a member: it came again with the same value, or both are empty together
 * throughout. 0 when a member came with two values.
 */
function evidence(sample: Sample, memberColumn: string | undefined, column: string): number {
  if (memberColumn === undefined) return 0;
  const [memberAt, valueAt] = [sample.columns.indexOf(memberColumn), sample.columns.indexOf(column)];
  const seen = new Map<string, string>();
  let [repeats, bothEmpty, oneEmpty] = [0, 0, 0];
  for (const row of sample.rows) {
    const [member, value] = [row[memberAt] ?? '', row[valueAt] ?? ''];
    if (member === '' && value === '') bothEmpty += 1;
    else if (member === '' || value === '') oneEmpty += 1;
    else {
      const before = seen.get(member);
      if (before === undefined) seen.set(member, value);
      else if (before !== value) return 0;
      else repeats += 1;
    }
  }
  return repeats + (oneEmpty === 0 ? bothEmpty : 0);
}
