import type { NewCorrection } from '@/lib/contract/corrections';
import { loadPool } from '@/lib/db/pool';
import { act } from '@/lib/ingest/examples.fixture';
import { publish } from '@/lib/ingest/publish';
import { newWorkspace, stageLines, type StagedLine } from '@/lib/ingest/staged.fixture';
import { draftCorrections } from './draft';
import { settleCorrections } from './settle';

// For tests: a workspace whose brands are spelled in many ways, and corrections applied and undone without a queue.

const line = (day: number, product: string, brand: string | null, amount: number, more: Partial<StagedLine> = {}) => ({
  date: `2024-0${(day % 2) + 1}-0${(day % 9) + 1}`,
  store: `S${day % 2}`,
  shopper: `s${day % 3}`,
  receipt: `r${day}`,
  category: 'Drinks/Soft',
  product,
  ...(brand !== null && { brand }),
  amount,
  ...more,
});
/** One brand under four spellings, one that only looks alike, and products without a brand. */
const lines: StagedLine[] = [
  line(1, 'c1', 'Coca-Cola', 10, { manufacturer: 'TCCC' }),
  line(2, 'c2', 'COCA COLA', 20),
  line(3, 'c3', 'coca  cola®', 3),
  line(4, 'c4', 'Cóca-Cola (R)', 4),
  line(5, 'p1', 'Pepsi', 50),
  line(6, 'p2', 'PEPSI', 6),
  line(7, 'f1', 'Fanta', 7),
  line(8, 'n1', null, 8, { product_name: 'COCA COLA light' }),
  line(9, 'n2', null, 9, { product_name: 'Water', manufacturer: 'Spring' }),
  { date: '2024-01-05', brand: 'COCA COLA', category: 'Drinks', amount: 2 },
];

export const spelling = (subject: string, brand: string): NewCorrection => ({ kind: 'spelling', subject, brand });
export const ofProduct = (subject: string, brand: string): NewCorrection => ({ kind: 'product', subject, brand });
export const who = (workspaceId: number) => ({ workspaceId, userId: null });

/** Marks as the queue's requests do, and does the job. */
export async function apply(w: number, corrections: NewCorrection[]): Promise<number[]> {
  const made = await draftCorrections(who(w), corrections);
  await loadPool.query(`UPDATE correction SET state = 'applying' WHERE workspace_id = $1 AND state = 'draft'`, [w]);
  await settleCorrections(who(w));
  return made.map(({ id }) => id);
}
export async function undo(w: number, ids: number[]): Promise<void> {
  await loadPool.query(`UPDATE correction SET state = 'undoing' WHERE workspace_id = $1 AND id = ANY($2)`, [w, ids]);
  await settleCorrections(who(w));
}

export async function loaded(): Promise<number> {
  const w = await newWorkspace();
  await publish(act(w, await stageLines(w, lines)));
  return w;
}
