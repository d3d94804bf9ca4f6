import { afterAll, expect, it } from 'vitest';
import { fixes as fixesShape } from '@/lib/contract/fixes';
import { loadPool } from '@/lib/db/pool';
import { act } from '@/lib/ingest/examples.fixture';
import { listFixes } from '@/lib/ingest/fix';
import { fix } from '@/lib/ingest/fixed.fixture';
import { publish } from '@/lib/ingest/publish';
import { receiveText, recheck } from '@/lib/ingest/received.fixture';
import { rereadFile } from '@/lib/ingest/reread';
import { newWorkspace } from '@/lib/ingest/staged.fixture';
import { dropTemplateFix } from './template-fixes';
import { listTemplates } from './templates';

// Values that are set right in a file and, where somebody says so, in the next files with its header.

afterAll(() => loadPool.end());

const text = (month: number): string =>
  [
    'date,product,brand,amount',
    ...['p1,Acme,n/a', 'p2,Acm,n/a', 'p3,Acm,3', 'p4,Acme,4', 'p1,Acme,5', 'p2,Acme,6', 'p3,Acme,7'].map(
      (line, at) => `2024-0${month}-0${at + 1},${line}`,
    ),
  ].join('\n');

const auditOf = async (workspaceId: number): Promise<unknown[]> => {
  const { rows } = await loadPool.query<{ action: string; subject: string; detail: unknown }>(
    `SELECT action, subject, detail FROM audit_entry
     WHERE workspace_id = $1 AND action IN ('import.fix', 'template.fix') ORDER BY id`,
    [workspaceId],
  );
  return rows.map(({ action, subject, detail }) => [action, subject.replace(/ \d+$/, ''), detail]);
};

it('go on where that is said, are told with each file, and end where they are removed', async () => {
  const w = await newWorkspace();
  const first = await receiveText(w, text(1), 'first.csv');
  await fix(w, first, {
    values: [
      { column: 'amount', from: 'n/a', to: '1', next: true },
      { column: 'brand', from: 'Acm', to: 'Acme' },
    ],
  });
  await recheck(w, first);
  // Nothing goes on before it is published.
  const early = await receiveText(w, text(2), 'early.csv');
  expect((await listFixes(w, early)).values).toEqual([]);
  await publish(act(w, first));
  const [template] = await listTemplates(w);
  expect(template!.fixes).toMatchObject([{ column: 'amount', from: 'n/a', to: '1', by: null, at: expect.any(String) }]);

  // As the next file spells its columns.
  const next = await receiveText(w, text(3).replace('date,product,brand,amount', 'Date,Product,Brand,AMOUNT'), 'b.csv');
  const { at } = template!.fixes[0]!;
  expect(await listFixes(w, next)).toEqual({
    cells: [],
    values: [{ column: 'AMOUNT', from: 'n/a', to: '1', by: null, at, carried: true }],
    dropped: [],
  });
  const checked = await recheck(w, next);
  expect(checked.import).toMatchObject({ rows_accepted: 7, rows_rejected: 0 });
  expect(checked.import.report.fixed).toEqual([{ column: 'AMOUNT', from: 'n/a', cells: 2 }]);
  expect(new Set(checked.lines.map(({ brand }) => brand))).toEqual(new Set(['Acme', 'Acm']));
  await rereadFile({ workspaceId: w, importId: next, userId: null, reading: {} });
  expect((await listFixes(w, next)).values).toHaveLength(1);
  await recheck(w, next);
  await publish(act(w, next));
  expect((await listTemplates(w))[0]!.fixes).toMatchObject([{ column: 'AMOUNT', from: 'n/a', to: '1', at }]);

  const drop = (from: string) =>
    dropTemplateFix({ workspaceId: w, userId: null, id: template!.id, column: 'AMOUNT', from });
  await expect(drop('none')).rejects.toThrow('sets no “none” of the column “AMOUNT” right');
  await drop('n/a');
  const last = await receiveText(w, text(4), 'last.csv');
  expect((await listFixes(w, last)).values).toEqual([]);
  expect((await listFixes(w, next)).values).toHaveLength(1);
  expect(await auditOf(w)).toEqual([
    ['import.fix', 'import', { values: ['amount: “n/a” → “1”, in the next files too', 'brand: “Acm” → “Acme”'] }],
    ['template.fix', 'template', { name: 'first.csv', values: ['amount: “n/a” → “1”'] }],
    ['import.fix', 'import', { carriedOn: ['AMOUNT: “n/a” → “1”'] }],
    ['template.fix', 'template', { name: 'first.csv', removed: ['AMOUNT: “n/a” → “1”'] }],
  ]);
});

it('can be taken back of one file alone, and say otherwise from a later file on', async () => {
  const w = await newWorkspace();
  const load = async (month: number, given: Parameters<typeof fixesShape.parse>[0] | null): Promise<number> => {
    const id = await receiveText(w, text(month), `${month}.csv`);
    if (given) await fix(w, id, fixesShape.parse(given));
    await recheck(w, id);
    await publish(act(w, id));
    return id;
  };
  const value = { column: 'amount', from: 'n/a' };
  await load(1, { values: [{ ...value, to: '1', next: true }] });
  const without = await load(2, { values: [{ ...value, to: null }] });
  expect((await listFixes(w, without)).values).toEqual([]);
  const third = await load(3, null);
  expect((await listFixes(w, third)).values).toMatchObject([{ ...value, to: '1', carried: true }]);
  await load(4, { values: [{ ...value, to: '2', next: true }] });
  expect((await listFixes(w, await load(5, null))).values).toMatchObject([{ ...value, to: '2' }]);
});
