import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { keptFixes, type Fixes, type KeptFixes } from '@/lib/contract/fixes';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import { detected as detectedShape } from '@/lib/contract/reading';
import { loadPool } from '@/lib/db/pool';
import { brandFinder } from '@/lib/mapping/find-brand';
import { madeColumns } from '@/lib/mapping/made';
import { faultSentence, mappingFaults } from '@/lib/mapping/mapping-faults';
import { fixerOf } from './fixer';
import { NO_BRAND } from './fold';
import type { Reading } from './reading';

/** What the rows of an import are read by: the import and its workspace. */
export interface Subject {
  kind: ImportKind;
  file_path: string;
  file_size: string;
  file_hash: string;
  detected: unknown;
  fixes: unknown;
  replaces: boolean;
  currency: string;
  currency_scale: number;
  time_zone: string | null;
  day_start: number;
  has_lines: boolean;
}

/** Of `import i` and its `workspace w`. */
export const subjectColumns = `i.kind, i.replaces_by IS NOT NULL AS replaces, i.file_path, i.file_size, i.file_hash, i.detected,
  i.fixes, w.currency, w.currency_scale, w.time_zone, w.day_start,
  EXISTS (SELECT FROM sale_line l WHERE l.workspace_id = w.id) AS has_lines`;

/** How the rows of the file are read with this mapping, which has to fit; and the brands that its texts are searched for. */
export async function readingOf(workspaceId: number, subject: Subject, kind: ImportKind, mapping: Mapping) {
  const detected = detectedShape.parse(subject.detected);
  const columns = detected.columns.map(({ name }) => name);
  const faults = mappingFaults(kind, mapping, columns);
  if (faults.length > 0)
    throw new ApiError(
      'invalid_request',
      `The mapping does not fit the file. ${faults.map(faultSentence).join('; ')}.`,
      faults,
    );
  const fixes = saidBy(keptFixes.parse(subject.fixes));
  const brands = mapping.made['brand'] && 'brandIn' in mapping.made['brand'] ? await readBrands(workspaceId) : [];
  const reading = {
    path: subject.file_path,
    size: detected.source?.size ?? Number(subject.file_size),
    hash: subject.file_hash,
    kind,
    mapping,
    detected,
    columns,
    fixes,
    fixer: fixerOf(fixes, columns),
    ...madeColumns(mapping, columns, {
      findBrand: brandFinder(brands),
      rows: detected.preview,
      coin: subject.currency_scale,
    }),
    scale: subject.has_lines ? subject.currency_scale : 4,
    coin: subject.currency_scale,
    currency: subject.currency,
    clock: { timeZone: subject.time_zone, dayStart: subject.day_start },
  };
  return { reading: reading satisfies Omit<Reading, 'onProgress' | 'signal'>, brands };
}

/** What the fixes say, whoever made them. */
const saidBy = ({ cells, values }: KeptFixes): Fixes => ({
  cells: cells.map(({ row, column, to }) => ({ row, column, to })),
  values: values.map(({ column, from, to }) => ({ column, from, to })),
});

/** The brands that a description may name. */
async function readBrands(workspaceId: number): Promise<string[]> {
  const { rows } = await loadPool.query<{ name: string }>(
    `SELECT name FROM brand WHERE workspace_id = $1 AND name NOT LIKE '%' || $2 ORDER BY name`,
    [workspaceId, NO_BRAND],
  );
  return rows.map(({ name }) => name);
}
