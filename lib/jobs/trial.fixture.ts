import { createWorkspace } from '@/lib/access/create-workspace';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { readImport } from '@/lib/ingest/read';
import { receiveText } from '@/lib/ingest/received.fixture';
import { numbersOf } from '@/lib/ingest/staged.fixture';
import { requestCheck, requestPublish, requestRevert } from './request';

// A workspace with a file, and what happens to it by asking for jobs.

export const csv = (month: string, rows: number, from = 0): string =>
  ['date,store,shopper,receipt,product,brand,category,units,amount']
    .concat(
      Array.from({ length: rows }, (_, at) => {
        const n = at + from;
        const day = String((n % 28) + 1).padStart(2, '0');
        return `2024-${month}-${day},S${n % 5},h${n % 40},r${n % 90},p${n % 12},B${(n % 12) % 4},C${(n % 12) % 3},${(n % 3) + 1},${(n % 50) + 0.25}`;
      }),
    )
    .join('\n');

let made = 0;
export const newWorkspace = (): Promise<number> =>
  createWorkspace({ name: 'Jobs', slug: `jobs-${process.pid}-${(made += 1)}` });

export interface Trial {
  workspaceId: number;
  importId: number;
  userId: null;
}

export async function received(workspaceId: number, text: string, name = 'lines.csv'): Promise<Trial> {
  return { workspaceId, importId: await receiveText(workspaceId, text, name, 'transactions'), userId: null };
}

export const stateNow = async ({ workspaceId, importId }: Trial): Promise<string> =>
  (await readImport(workspaceId, importId)).state;

/** Waits until it holds; says what it was waiting for when it does not. */
export async function until(what: string, holds: () => Promise<boolean>, ms = 40_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const reaches = (trial: Trial, state: string, ms?: number): Promise<void> =>
  until(`import ${trial.importId} is ${state}`, async () => (await stateNow(trial)) === state, ms);

export async function check(trial: Trial): Promise<void> {
  const { mapping } = await readImport(trial.workspaceId, trial.importId);
  await requestCheck({ ...trial, mapping: mappingShape.parse(mapping) });
}

export async function published(workspaceId: number, text: string): Promise<Trial> {
  const trial = await received(workspaceId, text);
  await check(trial);
  await reaches(trial, 'validated');
  await requestPublish(trial);
  await reaches(trial, 'published');
  return trial;
}

export async function reverted(trial: Trial): Promise<void> {
  await requestRevert(trial);
  await reaches(trial, 'reverted');
}

/** What a check said of the file; imports that it names have other numbers in each workspace. */
export const reported = async (trial: Trial): Promise<unknown> => {
  const { rowsIn, rowsAccepted, rowsRejected, totalUnits, totalAmount, report } = await readImport(
    trial.workspaceId,
    trial.importId,
  );
  const said: unknown = JSON.parse(JSON.stringify(report).replaceAll(/import \d+/g, 'import'));
  return { rowsIn, rowsAccepted, rowsRejected, totalUnits, totalAmount, report: said };
};

/** Everything that a file leaves behind: rollups, members, baskets, and its lines. */
export async function everything(workspaceId: number): Promise<unknown> {
  const { rows } = await loadPool.query(
    `SELECT row_no, date, (SELECT code FROM store s WHERE s.workspace_id = l.workspace_id AND s.id = l.store_id) AS store,
            (SELECT code FROM shopper s WHERE s.workspace_id = l.workspace_id AND s.no = l.shopper_no) AS shopper,
            (SELECT code FROM product p WHERE p.workspace_id = l.workspace_id AND p.id = l.product_id) AS product,
            (SELECT receipt FROM basket b WHERE b.workspace_id = l.workspace_id AND b.id = l.basket_id) AS receipt, units, amount
     FROM sale_line l WHERE l.workspace_id = $1 ORDER BY import_id, row_no`,
    [workspaceId],
  );
  return { lines: rows, numbers: await numbersOf(workspaceId) };
}

export const versionOf = async (workspaceId: number): Promise<number> => {
  const { rows } = await loadPool.query<{ v: number }>('SELECT data_version::int AS v FROM workspace WHERE id = $1', [
    workspaceId,
  ]);
  return rows[0]!.v;
};

export const jobsOf = async (queue: string, key: string): Promise<string[]> => {
  const { rows } = await loadPool.query<{ state: string }>(
    'SELECT state::text FROM pgboss.job WHERE name = $1 AND singleton_key = $2 ORDER BY created_on',
    [queue, key],
  );
  return rows.map(({ state }) => state);
};
