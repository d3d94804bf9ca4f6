import type { ImportDetail } from '@/lib/contract/imports';

export const steps = ['file', 'columns', 'check', 'publish'] as const;
export type Step = (typeof steps)[number];

/** Where an import stands, and which steps may be gone back or on to. The state settles it; the address only asks. */
export function stepOf(
  { state, rowsIn, error, detected }: Pick<ImportDetail, 'state' | 'rowsIn' | 'error' | 'detected'>,
  asked: Step | null,
  mayEdit: boolean,
): { step: Step; open: Step[] } {
  if (state === 'reading' || (state === 'failed' && !detected)) return { step: 'file', open: [] };
  if (state === 'validating' || state === 'paused') return { step: 'check', open: [] };
  if (state !== 'uploaded' && state !== 'validated' && state !== 'failed') return { step: 'publish', open: [] };
  // A check that was interrupted leaves its reason with a file that is to be checked again.
  const checked = state === 'validated' || rowsIn !== null || error !== null;
  const open: Step[] = [
    'file',
    ...(detected && mayEdit ? (['columns'] as const) : []),
    ...(checked ? (['check'] as const) : []),
  ];
  if (asked && open.includes(asked)) return { step: asked, open };
  // Results that are not there any more: the check was cancelled, and is begun again from the columns.
  if (asked === 'check' && open.includes('columns')) return { step: 'columns', open };
  return { step: checked ? 'check' : 'file', open };
}
