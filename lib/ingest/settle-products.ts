import 'server-only';
import { analyze } from './changing';
import { settled } from './claim';
import { corrected, openFolds } from './fold';
import { ensureCategories, ensureNamed } from './ensure';
import type { Subject } from './touched';

/** Lines that name a brand and no product go to a product of this code, one for each category they name. */
export const UNSPECIFIED = '~unspecified:';
/**
 * Makes the rows of the touched products what all claims on them say, and with them brands, manufacturers and the
 * category tree. A product without a brand hangs on "(no brand)", or on its manufacturer's own "… (no brand)"; one
 * without a category hangs on the root.
 */
export async function settleProducts(subject: Subject): Promise<void> {
  const { client, workspaceId: w, importId } = subject;
  await openFolds(subject);
  const fields = ['name', 'brand', 'manufacturer', 'category', 'pack_size', 'pack_unit'];
  await client.query(
    `CREATE TEMP TABLE settled_product ON COMMIT DROP AS
     SELECT s.id, s.code, s.fresh, s.brand, s.manufacturer, s.attributes, s.path, s.pack_size, s.pack_unit,
            coalesce(s.name, CASE WHEN starts_with(s.code, '${UNSPECIFIED}') THEN s.brand || ' (unspecified)' ELSE s.code END) AS name,
            0 AS brand_id, 0 AS category_id
     FROM (SELECT id, code, fresh, attributes, name #>> '{}' AS name, manufacturer #>> '{}' AS manufacturer,
                  ${corrected(w)} AS brand,
                  ARRAY(SELECT jsonb_array_elements_text(coalesce(category, '[]'))) AS path,
                  (pack_size #>> '{}')::numeric(14, 6) AS pack_size, pack_unit #>> '{}' AS pack_unit
           FROM (${settled(subject, 'product', fields)}) r) s`,
  );
  await ensureNamed(subject, 'brand', 'SELECT brand AS name FROM settled_product');
  await ensureCategories(subject);
  await client.query(
    `UPDATE settled_product s SET brand_id = b.id, category_id = n.id
     FROM brand b, category_node n WHERE b.workspace_id = ${w} AND b.name = s.brand AND n.path = s.path`,
  );
  // Until the next ANALYZE the planner knows nothing of new products: the key keeps any plan from comparing all with all.
  await client.query('ALTER TABLE settled_product ADD PRIMARY KEY (id)');
  await client.query('ANALYZE settled_product');
  await client.query(
    `CREATE TEMP TABLE touched_brand ON COMMIT DROP AS
     SELECT brand_id AS id FROM settled_product
     UNION SELECT p.brand_id FROM product p JOIN touched_product t ON t.id = p.id WHERE p.workspace_id = ${w}`,
  );
  await client.query('ALTER TABLE touched_brand ADD PRIMARY KEY (id)');
  await client.query('ANALYZE touched_brand');
  await client.query(
    `INSERT INTO moved_product
     SELECT p.id FROM settled_product s JOIN product p ON p.workspace_id = ${w} AND p.id = s.id
     WHERE (p.brand_id, p.category_id, p.pack_size, p.pack_unit) IS DISTINCT FROM (s.brand_id, s.category_id, s.pack_size, s.pack_unit)
     ON CONFLICT DO NOTHING`,
  );
  await client.query(
    `UPDATE product p SET name = s.name, brand_id = s.brand_id, category_id = s.category_id, pack_size = s.pack_size,
            pack_unit = s.pack_unit, attributes = s.attributes
     FROM settled_product s
     WHERE p.workspace_id = ${w} AND p.id = s.id AND NOT s.fresh
       AND (p.name, p.brand_id, p.category_id, p.pack_size, p.pack_unit, p.attributes)
           IS DISTINCT FROM (s.name, s.brand_id, s.category_id, s.pack_size, s.pack_unit, s.attributes)`,
  );
  await client.query(
    `INSERT INTO product (workspace_id, id, code, name, brand_id, category_id, pack_size, pack_unit, unspecified, attributes, import_id)
     SELECT ${w}, id, code, name, brand_id, category_id, pack_size, pack_unit, starts_with(code, '${UNSPECIFIED}'), attributes, ${importId}
     FROM settled_product WHERE fresh`,
  );
  await analyze(client, ['product', 'brand', 'category', 'category_ancestor']);
  await settleManufacturers(subject);
}

/** A brand belongs to the manufacturer that the claims on its products name: the latest that overrides, else the first. */
async function settleManufacturers(subject: Subject): Promise<void> {
  const { client, workspaceId: w } = subject;
  await client.query(
    `CREATE TEMP TABLE brand_maker ON COMMIT DROP AS
     SELECT DISTINCT ON (p.brand_id) p.brand_id, c.says->>'manufacturer' AS name
     FROM member_claim c
     JOIN product p ON p.workspace_id = c.workspace_id AND p.id = c.member_id
     JOIN touched_brand t ON t.id = p.brand_id
     WHERE c.workspace_id = ${w} AND c.member = 'product' AND c.says ? 'manufacturer'
     ORDER BY p.brand_id, c.overrides DESC, CASE WHEN c.overrides THEN -c.id ELSE c.id END`,
  );
  await ensureNamed(subject, 'manufacturer', 'SELECT name FROM brand_maker');
  // A brand made by hand keeps the manufacturer it was given by hand.
  await client.query(
    `WITH changed AS (
       UPDATE brand b SET manufacturer_id = m.maker_id
       FROM (SELECT b.id, CASE WHEN b.import_id IS NULL THEN b.manufacturer_id ELSE f.id END AS maker_id
             FROM touched_brand t
             JOIN brand b ON b.workspace_id = ${w} AND b.id = t.id
             LEFT JOIN brand_maker k ON k.brand_id = b.id
             LEFT JOIN manufacturer f ON f.workspace_id = ${w} AND f.name = k.name) m
       WHERE b.workspace_id = ${w} AND b.id = m.id AND b.manufacturer_id IS DISTINCT FROM m.maker_id
       RETURNING b.id)
     INSERT INTO moved_product SELECT p.id FROM product p JOIN changed ON changed.id = p.brand_id
     WHERE p.workspace_id = ${w} ON CONFLICT DO NOTHING`,
  );
}
