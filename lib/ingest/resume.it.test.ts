import { afterAll, describe, expect, it, vi } from 'vitest';
import { mapping as mappingShape, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from './check';
import { dryRun, importRow, newWorkspace, receiveText, recheck, type Outcome } from './received.fixture';

// A check that breaks off after any of its chunks and goes on: what it says and stages is what one in one go does.

vi.hoisted(() => {
  process.env['IMPORT_CHUNK_BYTES'] = '10000';
});
afterAll(() => loadPool.end());

/** Rows with faults, warnings, blank rows and open dates among them, and a total below. */
const lines = `date,product,brand,category,units,amount,note
${Array.from({ length: 24_000 }, (_, at) => {
  const amount = at % 97 === 0 ? 'x' : at % 101 === 0 ? '2000000' : `${at % 100}.25`;
  const row = `0${1 + (at % 9)}/0${1 + (at % 3)}/2024,P${at % 300},B${at % 7},${at % 5 ? 'C' : ''},1,${amount},"a ""b"", c"`;
  return at % 1_000 === 500 ? `${row}\n,,,,,,` : row;
}).join('\n')}
Total,,,,,9,
`;

/** Codes that come again, in the same words and in others, near and far. */
const products = `product,product_name,brand,category_1,pack
${Array.from({ length: 24_000 }, (_, at) => `P${at % 17_000},Name ${at % 8_500},B${at % 40},C${at % 9},${at % 4}00 g`).join('\n')}
`;

/** What the rules look for: lines that repeat, odd prices, days without revenue; and lines in which they find nothing. */
const receipts = (odd: boolean): string => `date,time,receipt,store,shopper,product,brand,category_1,units,amount
${Array.from({ length: 24_000 }, (_, at) => {
  const day = at % 27;
  const [price, product] = [1 + (at % 300) / 10, `P${at % 300}`];
  const date = `2024-02-${String(1 + (odd && day === 13 ? 0 : day)).padStart(2, '0')}`;
  const amount = (odd && at % 4_000 === 7 ? 500 * price : 2 * price).toFixed(2);
  const line = `${date},10:00:0${at % 10},R${at},S${at % 17},H${at % 900},${product},B${at % 9},${at % 50 ? 'C' : ''},2,${amount}`;
  return odd && at % 20 === 0 ? `${line}\n${line}` : line;
}).join('\n')}
`;

const told = ({ import: { report, ...row }, lines: staged, members, rejects }: Outcome): unknown => {
  const { rows_in, rows_accepted, rows_rejected, total_units, total_amount, date_from, date_to, state, error } = row;
  const counted = { rows_in, rows_accepted, rows_rejected, total_units, total_amount, date_from, date_to };
  const bare = (list: object[]): object[] => list.map((one) => ({ ...one, workspace_id: 0, import_id: 0 }));
  return { ...counted, state, error, report, lines: bare(staged), members: bare(members), rejects: bare(rejects) };
};

/** Checks, breaking off each time that so many more chunks are in, until it comes to its end; answers how often. */
async function broken(w: number, id: number, change: Partial<Mapping>, chunks: number): Promise<number> {
  const { kind, mapping: proposed } = await importRow(w, id);
  const mapping = mappingShape.parse({ ...proposed, ...change });
  for (let breaks = 0; breaks < 50; breaks += 1) {
    const { rows } = await loadPool.query<{ done: number }>(
      'SELECT row_no AS done FROM import_checkpoint WHERE workspace_id = $1 AND import_id = $2',
      [w, id],
    );
    const before = rows[0]?.done ?? 0;
    const stop = new AbortController();
    let seen = 0;
    const onProgress = ({ stage, done }: { stage: string; done: number }): void => {
      if (stage === 'reading' && done > before && (seen += 1) >= chunks) stop.abort(new Error('stopped'));
    };
    const ended = await checkFile({
      workspaceId: w,
      importId: id,
      kind,
      mapping,
      onProgress,
      signal: stop.signal,
    }).then(
      () => true,
      (error: Error) => {
        if (error.message !== 'stopped') throw error;
        return false;
      },
    );
    if (ended) return breaks;
  }
  throw new Error('It never ends.');
}

const cases: [string, ImportKind, string, Partial<Mapping>][] = [
  ['lines', 'transactions', lines, {}],
  ['products', 'products', products, {}],
  ['receipts', 'transactions', receipts(true), {}],
  ['receipts in which nothing is odd', 'transactions', receipts(false), {}],
];

describe.each(cases)('a check of %s that breaks off', (_, kind, text, change) => {
  it.each([1, 2])('after every %i chunks says and stages what one in one go does', async (chunks) => {
    const whole = await dryRun(text, change, { kind });
    expect(whole.import.state).toBe('validated');
    expect(whole.import.rows_in).toBe(whole.import.rows_accepted + whole.import.rows_rejected);
    const workspaceId = await newWorkspace();
    const id = await receiveText(workspaceId, text, 'file.csv', kind);
    expect(await broken(workspaceId, id, change, chunks)).toBeGreaterThan(0);
    const outcome = await staged(workspaceId, id);
    expect(told(outcome)).toEqual(told(whole));
    expect(await checkpoints(workspaceId)).toBe(0);
  });
});

async function checkpoints(workspaceId: number): Promise<number> {
  const { rows } = await loadPool.query('SELECT FROM import_checkpoint WHERE workspace_id = $1', [workspaceId]);
  return rows.length;
}

async function staged(workspaceId: number, id: number): Promise<Outcome> {
  const of = async <T extends object>(table: string): Promise<T[]> =>
    (
      await loadPool.query<T>(`SELECT * FROM ${table} WHERE workspace_id = $1 AND import_id = $2 ORDER BY row_no`, [
        workspaceId,
        id,
      ])
    ).rows;
  return {
    id,
    workspaceId,
    import: await importRow(workspaceId, id),
    lines: await of('staged_line'),
    members: await of('staged_member'),
    rejects: await of('rejected_row'),
  };
}

it('finds what is odd in lines that it read in one go, and nothing where nothing is', async () => {
  const rules = async (odd: boolean) => (await dryRun(receipts(odd))).import.report.warnings.map(({ rule }) => rule);
  expect(await rules(true)).toEqual(expect.arrayContaining(['no_revenue', 'outliers', 'repeated_lines']));
  expect(await rules(false)).toEqual(['missing_category', 'no_category']);
});

it('begins anew where the mapping is another one', async () => {
  const workspaceId = await newWorkspace();
  const id = await receiveText(workspaceId, lines);
  const { kind, mapping } = await importRow(workspaceId, id);
  const stop = new AbortController();
  await expect(
    checkFile({ workspaceId, importId: id, kind, mapping, onProgress: () => stop.abort(), signal: stop.signal }),
  ).rejects.toThrow('aborted');
  expect(await checkpoints(workspaceId)).toBe(1);
  const whole = await dryRun(lines, { dateFormat: 'DD/MM/YYYY' });
  expect(told(await recheck(workspaceId, id, { dateFormat: 'DD/MM/YYYY' }))).toEqual(told(whole));
});

it('started twice at once ends once, the same as alone', async () => {
  const whole = await dryRun(lines);
  const workspaceId = await newWorkspace();
  const id = await receiveText(workspaceId, lines);
  const { kind, mapping } = await importRow(workspaceId, id);
  const asked = { workspaceId, importId: id, kind, mapping };
  await loadPool.query(`UPDATE import SET state = 'validating' WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
  const read: string[] = [];
  const one = (name: string) => checkFile({ ...asked, asked: true, onProgress: () => void read.push(name) });
  await Promise.all([one('first'), one('second')]);
  expect(new Set(read).size).toBe(1);
  expect(told(await staged(workspaceId, id))).toEqual(told(whole));
});

it('refuses to say how many rows were taken without saying how many were not', async () => {
  const { workspaceId, id } = await dryRun('date,product,amount\n2024-01-01,p,1\n');
  const set = (values: string) =>
    loadPool.query(`UPDATE import SET ${values} WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
  await expect(set('rows_rejected = NULL')).rejects.toThrow('import_rows_counted');
  await expect(set('rows_rejected = 3')).rejects.toThrow('import_rows_accounted');
});
