import 'server-only';
import { templateFixes, type KeptFixes } from '@/lib/contract/fixes';
import { mapping as mappingShape, type ImportKind, type Mapping } from '@/lib/contract/imports';
import type { Recalled } from '@/lib/contract/recalled';
import type { Detected } from '@/lib/contract/reading';
import { loadPool } from '@/lib/db/pool';
import { patternReader } from '@/lib/values/date';
import { renamedMade } from './made';
import { mappingFaults } from './mapping-faults';
import { nearMappings } from './near-mapping';
import { fits } from './propose';
import { signatureOf, spelledAs } from './signature';

interface Looked {
  detected: Detected;
  kind: ImportKind;
  mapping: Mapping;
}

interface Row {
  id: number;
  name: string;
  kind: ImportKind;
  columns: string[];
  mapping: unknown;
  fixes: unknown;
  file_name: string;
  used_at: Date;
}

/** How a file takes a mapping of nearly its header: is it offered to who looks at it, or only told of, or neither. */
export type NearMatch = 'offer' | 'tell' | 'off';

/** The mappings that are looked through for one of nearly the same header. */
const MOST_LOOKED_AT = 200;

/**
 * Proposes what was confirmed for the last file with this header, where the values still fit it; else what was confirmed for
 * the one with most of it; else leaves the proposal that names and values gave. What was said to be set right in each file of
 * the header goes with it. A file whose kind is given is never taken for another.
 */
export async function recallMapping(
  workspaceId: number,
  looked: Looked,
  given?: ImportKind,
  nearMatch: NearMatch = 'offer',
): Promise<Looked & { signature: string; recalled: Recalled | null; carried: KeptFixes['values'] }> {
  const columns = looked.detected.columns.map(({ name }) => name);
  const signature = signatureOf(columns);
  const { rows } = await loadPool.query<Row>(
    `SELECT id, name, kind, columns, mapping, fixes, file_name, used_at FROM mapping_template
     WHERE workspace_id = $1 AND signature = $2`,
    [workspaceId, signature],
  );
  const [row] = rows;
  const known = row && (given ?? row.kind) === row.kind ? mappingShape.safeParse(row.mapping).data : undefined;
  const mapping = row && known && renamed(known, row.columns, columns);
  if (!row || !mapping || !suits(row.kind, mapping, looked.detected))
    return {
      ...looked,
      ...(nearMatch === 'off' ? { recalled: null } : await recallNear(workspaceId, looked, nearMatch)),
      ...{ signature, carried: [] },
    };
  const spelled = spelledAs(row.columns, columns);
  const carried = templateFixes.parse(row.fixes).map((one) => ({ ...one, column: spelled(one.column), carried: true }));
  return { ...looked, kind: row.kind, mapping, signature, recalled: { ...recalledOf(row), near: null }, carried };
}

/** Nobody confirms what is only told of: names and values propose the mapping as they do for any file. */
async function recallNear(
  workspaceId: number,
  looked: Looked,
  nearMatch: 'offer' | 'tell',
): Promise<{ mapping: Mapping; recalled: Recalled | null }> {
  const { rows } = await loadPool.query<Row>(
    `SELECT id, name, kind, columns, mapping, fixes, file_name, used_at FROM mapping_template
     WHERE workspace_id = $1 AND kind = $2 ORDER BY used_at DESC, id DESC LIMIT ${MOST_LOOKED_AT}`,
    [workspaceId, looked.kind],
  );
  const templates = rows.flatMap((row) => {
    const { data } = mappingShape.safeParse(row.mapping);
    return data ? [{ ...row, mapping: data }] : [];
  });
  const columns = looked.detected.columns.map(({ name }) => name);
  const found = nearMappings(templates, looked, columns).find(({ mapping }) =>
    suits(looked.kind, mapping, looked.detected),
  );
  if (!found) return { mapping: looked.mapping, recalled: null };
  const applied = nearMatch === 'offer';
  return {
    mapping: applied ? found.mapping : looked.mapping,
    recalled: { ...recalledOf(found.template), near: { ...found.near, applied } },
  };
}

const recalledOf = ({ id, name, file_name, used_at }: Row) => ({
  template: id,
  name,
  fileName: file_name,
  usedAt: used_at.toISOString(),
});

const suits = (kind: ImportKind, mapping: Mapping, detected: Detected): boolean =>
  mappingFaults(
    kind,
    mapping,
    detected.columns.map(({ name }) => name),
  ).length === 0 && reads(mapping, detected);

/** The mapping with the columns as this file spells them. */
function renamed(mapping: Mapping, before: string[], now: string[]): Mapping {
  const name = spelledAs(before, now);
  return {
    ...mapping,
    columns: Object.fromEntries(Object.entries(mapping.columns).map(([field, column]) => [field, name(column)])),
    made: Object.fromEntries(Object.entries(mapping.made).map(([field, made]) => [field, renamedMade(made, name)])),
    attributes: mapping.attributes.map(({ column, of }) => ({ column: name(column), of })),
  };
}

/** Whether the first rows can be what the mapping takes them for: the same header may come with other numbers or dates. */
function reads({ columns, decimal, dateFormat }: Mapping, { columns: named, preview }: Detected): boolean {
  const readDate = dateFormat === 'auto' ? null : patternReader(dateFormat);
  return Object.entries(columns).every(([field, column]) => {
    const at = named.findIndex(({ name }) => name === column);
    const values = preview.map((row) => row[at] ?? '').filter((value) => value !== '');
    if (values.length === 0) return true;
    if (field === 'date' && readDate)
      return values.filter((value) => typeof readDate(value) !== 'string').length > values.length / 2;
    return fits(field, values, decimal, true, column);
  });
}
