import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act } from '@/lib/ingest/examples.fixture';
import { publish } from '@/lib/ingest/publish';
import { readImport } from '@/lib/ingest/read';
import { receiveText, recheck } from '@/lib/ingest/received.fixture';
import { rereadFile } from '@/lib/ingest/reread';
import { newWorkspace } from '@/lib/ingest/staged.fixture';
import { forgetTemplate, listTemplates, renameTemplate } from './templates';

afterAll(() => loadPool.end());

const rows = (month: string) => [`0${month}/02/2024;A;7,50;x1;v1`, `0${month}/03/2024;B;1,25;x2;v2`].join('\n');
const first = `DAT;WO;WERT;ZEUG;SORTE\n${rows('1')}\n`;
const proper = {
  columns: { date: 'DAT', store: 'WO', amount: 'WERT', product: 'ZEUG' },
  attributes: [{ column: 'SORTE', of: 'product' as const }],
  dateFormat: 'MM/DD/YYYY',
};

async function published(text: string, change = {}, fileName = 'first.csv') {
  const w = await newWorkspace();
  const id = await receiveText(w, text, fileName);
  await recheck(w, id, change);
  await publish(act(w, id));
  return { w, id };
}

describe('a remembered mapping', () => {
  it('is proposed for the next file with this header, whatever its order, case and signs, as that file spells it', async () => {
    const { w } = await published(first, proper);
    const next = await receiveText(
      w,
      'zeug;Wert ;dat;sorte;wo\nx1;3,00;02/04/2024;v1;A\nx2;4,00;02/05/2024;v2;B\n',
      'next.csv',
    );
    expect(await readImport(w, next)).toMatchObject({
      kind: 'transactions',
      mapping: {
        columns: { date: 'dat', store: 'wo', amount: 'Wert', product: 'zeug' },
        attributes: [{ column: 'sorte', of: 'product' }],
        dateFormat: 'MM/DD/YYYY',
        decimal: ',',
      },
      recalled: { name: 'first.csv', fileName: 'first.csv', usedAt: expect.stringMatching(/^20/) },
    });
    const checked = await recheck(w, next);
    expect(checked.lines.map(({ amount }) => amount)).toEqual(['3.0000', '4.0000']);
  });

  it('is the latest that was published, and names that file', async () => {
    const { w } = await published(first, proper);
    const second = await receiveText(w, first.replaceAll('01/', '02/'), 'second.csv');
    await recheck(w, second, { negatives: 'returns' });
    await publish(act(w, second));
    const third = await receiveText(w, first.replaceAll('01/', '03/'), 'third.csv');
    expect(await readImport(w, third)).toMatchObject({
      mapping: { negatives: 'returns' },
      recalled: { name: 'first.csv', fileName: 'second.csv' },
    });
    expect(await listTemplates(w)).toHaveLength(1);
  });

  it('keeps the order of day and month that a file has told for one that does not tell', async () => {
    const line = (date: string) => `${date},A,x1,2.00\n`;
    const header = 'date,store,product,amount\n';
    const { w } = await published(header + line('30/01/2024') + line('31/01/2024'), {}, 'january.csv');
    const next = await receiveText(w, header + line('01/02/2024') + line('02/02/2024'), 'february.csv');
    const { import: checked } = await recheck(w, next);
    expect(checked).toMatchObject({ date_from: '2024-02-01', date_to: '2024-02-02' });
    await publish(act(w, next));
    const third = await receiveText(w, header + line('03/02/2024'), 'third.csv');
    expect((await recheck(w, third)).import).toMatchObject({ date_from: '2024-02-03' });
  });

  it('is no more than a check away from being forgotten: only what was published counts', async () => {
    const w = await newWorkspace();
    await recheck(w, await receiveText(w, first), proper);
    expect(await listTemplates(w)).toEqual([]);
  });

  it.each([
    ['of another header', first.replace('ZEUG', 'DING')],
    [
      'whose dates are written otherwise',
      first.replaceAll('01/02/2024', '2024-01-02').replaceAll('01/03/2024', '2024-01-03'),
    ],
    ['whose amounts are none', first.replaceAll('7,50', 'n/a').replaceAll('1,25', 'n/a')],
  ])('is not taken for a file %s', async (_, text) => {
    const { w } = await published(first, proper);
    expect((await readImport(w, await receiveText(w, text, 'other.csv'))).recalled).toBeNull();
  });

  it('is offered for a file of nearly the same header, by the names of the columns, told with those that differ', async () => {
    const { w } = await published(first, proper);
    const text = 'Aktion;wo;DAT;WERT;ZEUG\nja;A;02/01/2024;7,50;x1\nnein;B;02/02/2024;1,25;x2\n';
    const id = await receiveText(w, text, 'next.csv');
    const found = await readImport(w, id);
    expect(found).toMatchObject({
      mapping: {
        columns: { date: 'DAT', store: 'wo', amount: 'WERT', product: 'ZEUG' },
        attributes: [],
        dateFormat: 'MM/DD/YYYY',
      },
      recalled: {
        fileName: 'first.csv',
        near: { added: ['Aktion'], missing: [{ column: 'SORTE', field: null }], applied: true },
        sentence: expect.stringMatching(
          /^Mapped as in first.csv of \d+ \w+ \d{4}, whose header is nearly the same; new here: Aktion; missing: SORTE\.$/,
        ),
      },
    });
    await recheck(w, id);
    await publish(act(w, id));
    const same = await receiveText(w, text.replaceAll('02/0', '03/0'), 'same.csv');
    expect((await readImport(w, same)).recalled).toMatchObject({ fileName: 'next.csv', near: null });
  });

  it('is not taken for a file that is said to be of another kind, nor in another workspace', async () => {
    const { w } = await published(first, proper);
    const stores = await receiveText(w, first.replaceAll('01/', '02/'), 'stores.csv', 'stores');
    expect(await readImport(w, stores)).toMatchObject({ kind: 'stores', recalled: null });
    const other = await newWorkspace();
    expect((await readImport(other, await receiveText(other, first))).recalled).toBeNull();
  });

  it('is looked for again when a file is read otherwise', async () => {
    const { w } = await published(first, proper);
    const id = await receiveText(w, `a title;;;;\n${first.replaceAll('01/', '02/')}`, 'titled.csv');
    await rereadFile({ workspaceId: w, importId: id, userId: null, reading: { firstRow: 1, headerRows: 1 } });
    expect((await readImport(w, id)).recalled).toBeNull();
    await rereadFile({ workspaceId: w, importId: id, userId: null, reading: { firstRow: 2, headerRows: 1 } });
    expect((await readImport(w, id)).recalled).toMatchObject({ fileName: 'first.csv' });
  });

  it('can be renamed and forgotten', async () => {
    const { w } = await published(first, proper);
    const [kept] = await listTemplates(w);
    const { id } = kept!;
    expect(kept).toMatchObject({ name: 'first.csv', columns: ['DAT', 'WO', 'WERT', 'ZEUG', 'SORTE'] });
    expect(await renameTemplate({ workspaceId: w, userId: null, id, name: 'Till' })).toMatchObject({
      id,
      name: 'Till',
    });
    const next = await receiveText(w, first.replaceAll('01/', '02/'), 'next.csv');
    expect((await readImport(w, next)).recalled).toMatchObject({ name: 'Till', fileName: 'first.csv' });
    await forgetTemplate({ workspaceId: w, userId: null, id });
    await expect(forgetTemplate({ workspaceId: w, userId: null, id })).rejects.toMatchObject({ code: 'not_found' });
    expect((await readImport(w, await receiveText(w, first.replaceAll('01/', '03/')))).recalled).toBeNull();
    expect((await readImport(w, next)).recalled).toMatchObject({ name: 'Till' });
  });
});
