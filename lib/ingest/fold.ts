import 'server-only';
import type { Subject } from './touched';

/** Stands where neither brand nor manufacturer is known. */
export const NO_BRAND = '(no brand)';

/** A spelling leads to another at most so often: none leads back to itself. */
const MOST_STEPS = 20;

/** Makes brand_fold: each corrected spelling with the name that it ends at. */
export async function openFolds({ client, workspaceId }: Subject): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE brand_fold ON COMMIT DROP AS
     WITH RECURSIVE step AS (
       SELECT subject AS name, brand, 1 AS steps FROM correction
       WHERE workspace_id = ${workspaceId} AND kind = 'spelling' AND state = 'applied'
       UNION ALL
       SELECT s.name, c.brand, s.steps + 1 FROM step s
       JOIN correction c ON c.workspace_id = ${workspaceId} AND c.kind = 'spelling' AND c.state = 'applied' AND c.subject = s.brand
       WHERE s.steps < ${MOST_STEPS})
     SELECT DISTINCT ON (name) name, brand FROM step ORDER BY name, steps DESC`,
  );
  await client.query('ALTER TABLE brand_fold ADD PRIMARY KEY (name)');
}

/** The brand of a product `r` of which code, brand and manufacturer are settled, as corrections have it. */
export const corrected = (workspaceId: number): string => {
  const said = `coalesce(
    (SELECT c.brand FROM correction c
     WHERE c.workspace_id = ${workspaceId} AND c.kind = 'product' AND c.state = 'applied' AND c.subject = r.code),
    r.brand #>> '{}', (r.manufacturer #>> '{}') || ' ${NO_BRAND}', '${NO_BRAND}')`;
  return `coalesce((SELECT f.brand FROM brand_fold f WHERE f.name = ${said}), ${said})`;
};
