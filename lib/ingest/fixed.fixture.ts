import 'server-only';
import type { z } from 'zod';
import { fixes as fixesShape } from '@/lib/contract/fixes';
import { inTransaction } from '@/lib/db/transaction';
import { keepFixes, readBefore } from './fix';
import type { Outcome } from './received.fixture';

// A file with cells to be set right, and the same with them set right, for tests of fixes.

export async function fix(workspaceId: number, importId: number, given: z.input<typeof fixesShape>): Promise<void> {
  const asked = { workspaceId, importId, userId: null, fixes: fixesShape.parse(given) };
  const before = await readBefore(asked);
  await inTransaction((client) => keepFixes(client, asked, before));
}

/** What is staged and counted; not how rows stand in the file, nor what of them was set right. */
export function told({
  import: {
    report: { fixed: _, ...report },
    ...row
  },
  lines,
  members,
  rejects,
}: Outcome): unknown {
  const { rows_in, rows_accepted, rows_rejected, total_units, total_amount, date_from, date_to, state, error } = row;
  const bare = (list: object[]): object[] =>
    list.map((one) => ({ ...one, workspace_id: 0, import_id: 0, raw: '', raw_hash: '' }));
  const counted = { rows_in, rows_accepted, rows_rejected, total_units, total_amount, date_from, date_to };
  return { ...counted, state, error, report, lines: bare(lines), members: bare(members), rejects: bare(rejects) };
}

export const header = 'date,store,receipt,product,brand,category,units,amount';
export const rows = Array.from(
  { length: 3_000 },
  (_, at) =>
    `2024-02-${String(1 + (at % 28)).padStart(2, '0')},S${at % 7},R${at >> 1},P${at % 50},${at % 10 ? `B${at % 4}` : 'Unknwon'},C,${at % 500 === 3 ? 'one' : 1},${at % 40 === 9 ? 'n/a' : `${at % 30}.25`}`,
);
export const file = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
export const short = '2024-02-03,S1,R77,P5,B1,C,2'; // row 3002, without an amount
export const quoted = '2024-02-03,S1,R78,"P5 "x"",B1,C,2,n/a'; // row 3003
export const given = {
  cells: [
    { row: 5, column: 'units', to: '3' },
    { row: 11, column: 'amount', to: '7.77' },
    { row: 20, column: 'brand', to: 'Own' },
    { row: 3_002, column: 'amount', to: '9' },
  ],
  values: [
    { column: 'amount', from: 'n/a', to: '0' },
    { column: 'brand', from: 'Unknwon', to: 'Unknown, "x"' },
  ],
};
export const mended = [
  ...rows.map((line, at) => {
    const cells = line.split(',');
    const no = at + 2;
    if (no === 5) cells[6] = '3';
    if (no === 11) cells[7] = '7.77';
    else if (cells[7] === 'n/a') cells[7] = '0';
    if (no === 20) cells[4] = 'Own';
    else if (cells[4] === 'Unknwon') cells[4] = '"Unknown, ""x"""';
    return cells.join(',');
  }),
  `${short},9`,
  '2024-02-03,S1,R78,"P5 "x"",B1,C,2,0',
];
