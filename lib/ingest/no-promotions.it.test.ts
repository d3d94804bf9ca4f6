import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act } from './examples.fixture';
import { publish } from './publish';
import { dryRun } from './received.fixture';
import { newWorkspace } from './staged.fixture';

afterAll(() => loadPool.end());

it.each([
  ['nothing where no row has a value', [',', ' ,', ','], [null, null, null], [3]],
  ['that nothing was promoted where one row says so', [',', ',', ',0'], [0, 0, 0], []],
  ['what was promoted, and that the others were not', ['1,', ',', ','], [16, 0, 0], []],
])('columns for promotions say %s', async (_, flags, lines, warned) => {
  const rows = flags.map((flag, at) => `2024-01-05,P${at},1,2.50,${flag}\n`);
  const text = `date,product,units,amount,promotion,feature\n${rows.join('')}`;
  const found = await dryRun(text, {}, { workspaceId: await newWorkspace() });
  const { workspaceId, id, import: checked } = found;
  expect(checked.mapping.columns).toMatchObject({ promoted: 'promotion', feature: 'feature' });
  await publish(act(workspaceId, id));
  const { rows: loaded } = await loadPool.query<{ promotion: number | null }>(
    'SELECT promotion FROM sale_line WHERE workspace_id = $1 ORDER BY row_no',
    [workspaceId],
  );
  expect(loaded.map(({ promotion }) => promotion)).toEqual(lines);
  const told = checked.report.warnings.filter(({ rule }) => rule === 'promotion_missing');
  expect(told.map(({ count }) => count)).toEqual(warned);
});
