import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Recalled } from '@/lib/contract/recalled';
import { fieldsGiven, renamedMade, sourcesOf } from './made';
import { counterpartsOf } from './signature';

export interface Remembered {
  kind: ImportKind;
  columns: string[];
  mapping: Mapping;
}

export interface Near<T extends Remembered> {
  template: T;
  mapping: Mapping;
  near: Pick<NonNullable<Recalled['near']>, 'added' | 'missing'>;
  /** How much of what it maps is there. */
  share: number;
}

/** So much of what a remembered mapping maps is there, or it is no near match. */
const LEAST_SHARE = 0.5;

/**
 * What the remembered mappings, the latest first, make of a header that none of them has: those of the kind that have their
 * required columns and at least half of all mapped ones there, the most complete first. The columns that both headers have
 * keep what they were said to mean, also to mean nothing; those that are new are as proposed.
 */
export function nearMappings<T extends Remembered>(
  templates: readonly T[],
  { kind, mapping: proposed }: { kind: ImportKind; mapping: Mapping },
  columns: readonly string[],
): Near<T>[] {
  return templates
    .filter((template) => template.kind === kind)
    .flatMap((template) => nearOf(template, proposed, columns) ?? [])
    .sort((a, b) => b.share - a.share);
}

function nearOf<T extends Remembered>(template: T, proposed: Mapping, columns: readonly string[]): Near<T> | null {
  const known = counterpartsOf(template.columns, columns);
  const uses = usesOf(template.mapping);
  const missing = uses.filter(({ column }) => !known.has(column));
  const mapped = new Set(uses.map(({ column }) => column));
  const gone = new Set(missing.map(({ column }) => column));
  const share = 1 - gone.size / mapped.size;
  const required = requiredOf(template);
  if (!(share >= LEAST_SHARE) || missing.some(({ field }) => field !== null && required.includes(field))) return null;
  const here = new Set(known.values());
  const added = columns.filter((column) => !here.has(column));
  const mapping = completed(kept(template.mapping, known), proposed, new Set(added));
  return { template, mapping, near: { added, missing: onceEach(missing) }, share };
}

interface Use {
  column: string;
  field: string | null;
}

/** The columns that a mapping reads, each with the field that it gives. */
const usesOf = ({ columns, made, attributes }: Mapping): Use[] => [
  ...Object.entries(columns).map(([field, column]) => ({ column, field })),
  ...Object.entries(made).flatMap(([field, one]) => sourcesOf(one).map((column) => ({ column, field }))),
  ...attributes.map(({ column }) => ({ column, field: null })),
];

const onceEach = (uses: Use[]): Use[] =>
  uses.filter(({ column }, at) => uses.findIndex((other) => other.column === column) === at);

/** The fields without which no row of such a file can be taken. */
function requiredOf({ kind, mapping }: Remembered): string[] {
  if (kind !== 'transactions') return [kind === 'products' ? 'product' : 'store'];
  const what = fieldsGiven(mapping).includes('product') ? 'product' : 'brand';
  return ['date', what, mapping.amountFrom];
}

/** What of the mapping the other header has columns for, as that one spells them. */
function kept(mapping: Mapping, known: ReadonlyMap<string, string>): Mapping {
  const name = (column: string): string => known.get(column) ?? column;
  return {
    ...mapping,
    columns: Object.fromEntries(
      Object.entries(mapping.columns).flatMap(([field, column]) => (known.has(column) ? [[field, name(column)]] : [])),
    ),
    made: Object.fromEntries(
      Object.entries(mapping.made).flatMap(([field, made]) =>
        sourcesOf(made).every((column) => known.has(column)) ? [[field, renamedMade(made, name)]] : [],
      ),
    ),
    attributes: mapping.attributes.flatMap(({ column, of }) =>
      known.has(column) ? [{ column: name(column), of }] : [],
    ),
  };
}

/** The mapping with what was proposed for columns that are new, where it gives no such field. */
function completed(mapping: Mapping, proposed: Mapping, added: ReadonlySet<string>): Mapping {
  const given = new Set(fieldsGiven(mapping));
  const columns = Object.entries(proposed.columns).filter(([field, column]) => !given.has(field) && added.has(column));
  const whole = { ...mapping, columns: { ...mapping.columns, ...Object.fromEntries(columns) } };
  const fields = fieldsGiven(whole);
  const attributes = [...mapping.attributes, ...proposed.attributes.filter(({ column }) => added.has(column))];
  return {
    ...whole,
    attributes: attributes.filter(({ of }) => fields.includes(of)),
    // Without receipts a row is a day's at best.
    grain: mapping.grain === 'receipt' && !fields.includes('receipt') ? proposed.grain : mapping.grain,
  };
}
