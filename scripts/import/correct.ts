import { ApiError } from '@/lib/contract/errors';
import type { KeptFixes } from '@/lib/contract/fixes';
import type { ImportDetail } from '@/lib/contract/imports';
import { inTransaction } from '@/lib/db/transaction';
import { keepFixes, listFixes, readBefore } from '@/lib/ingest/fix';
import { fixText, valueKey } from '@/lib/mapping/one-fix';
import { faultOf, type Corrections } from './corrections';

/** Keeps corrections with an import, for the check that follows. */
export async function correct(workspaceId: number, importId: number, corrections: Corrections): Promise<void> {
  const asked = { workspaceId, importId, userId: null, fixes: corrections.fixes };
  const before = await readBefore(asked).catch((error: unknown) => {
    const first = error instanceof ApiError ? error.details?.[0] : undefined;
    throw first ? faultOf(corrections, { path: first.field.split('.'), message: first.message }) : error;
  });
  await inTransaction((client) => keepFixes(client, asked, before));
}

/** So many are listed one by one. */
const FIRST = 20;

/** What is set right of an import, as lines of text. */
export async function describeFixes(workspaceId: number, { id, report }: ImportDetail): Promise<string[]> {
  const { cells, values, dropped } = await listFixes(workspaceId, id);
  const counts = new Map(report?.fixed?.map((one) => [valueKey(one), one.cells]));
  const said = [
    ...values.map(
      (one) =>
        `${(counts.get(valueKey(one)) ?? 0).toLocaleString('en')} × ${fixText(one)}${one.carried ? `, as in the files before, by ${one.by ?? 'the command line'} on ${one.at.slice(0, 10)}` : ''}`,
    ),
    ...cells.map((one: KeptFixes['cells'][number]) => fixText(one)),
  ];
  const more = said.length - FIRST;
  return [
    ...said.slice(0, FIRST).map((line) => `  corrected ${line}`),
    ...(more > 0 ? [`            and ${more.toLocaleString('en')} more cells`] : []),
    ...dropped.map((one) => `  left out  correction ${fixText(one)}, which the file as it is read has no place for`),
  ];
}
