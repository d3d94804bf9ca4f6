import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act, one } from './examples.fixture';
import { publish } from './publish';
import { newWorkspace, stageMembers } from './staged.fixture';

afterAll(() => loadPool.end());

const PRODUCTS = 40_000;

it('publishes a large product file in seconds, although nothing is known of the tables yet', async () => {
  const w = await newWorkspace();
  const id = await stageMembers(w, 'products', {});
  await loadPool.query(
    `INSERT INTO staged_member (workspace_id, import_id, row_no, code, fields)
     SELECT $1, $2, n + 1, 'p' || n, jsonb_build_object('name', 'Product ' || n, 'brand', 'Brand ' || n % 900,
            'manufacturer', 'Maker ' || n % 300, 'category', jsonb_build_array('Level ' || n % 9, 'Group ' || n % 700))
     FROM generate_series(1, ${PRODUCTS}) n`,
    [w, id],
  );
  await publish(act(w, id));
  expect(await one('SELECT count(*)::int AS value FROM product WHERE workspace_id = $1', [w])).toBe(PRODUCTS);
  // A join of every product with every other would take minutes here.
}, 120_000);
