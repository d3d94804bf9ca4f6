import 'server-only';
import { settled } from './claim';
import { ensureNamed } from './ensure';
import type { Subject } from './touched';

/** Lines that name a region or channel and no store go to a store of this code, one for each pair. */
export const PLACE = '~place:';

/** Makes the rows of the touched stores what all claims on them say, and with them regions and channels. */
export async function settleStores(subject: Subject): Promise<void> {
  const { client, workspaceId: w, importId } = subject;
  await client.query(
    `CREATE TEMP TABLE settled_store ON COMMIT DROP AS
     SELECT s.id, s.code, s.fresh, s.region, s.channel, s.attributes, NULL::int AS region_id, NULL::int AS channel_id,
            coalesce(s.name, CASE WHEN starts_with(s.code, '${PLACE}') THEN concat_ws(', ', s.region, s.channel) || ' (no store)' ELSE s.code END) AS name
     FROM (SELECT id, code, fresh, attributes, name #>> '{}' AS name, region #>> '{}' AS region, channel #>> '{}' AS channel
           FROM (${settled(subject, 'store', ['name', 'region', 'channel'])}) r) s`,
  );
  await ensureNamed(subject, 'region', 'SELECT region AS name FROM settled_store');
  await ensureNamed(subject, 'channel', 'SELECT channel AS name FROM settled_store');
  for (const place of ['region', 'channel'])
    await client.query(
      `UPDATE settled_store s SET ${place}_id = r.id FROM ${place} r WHERE r.workspace_id = ${w} AND r.name = s.${place}`,
    );
  await client.query('ALTER TABLE settled_store ADD PRIMARY KEY (id)');
  await client.query(
    `INSERT INTO moved_store
     SELECT p.id FROM settled_store s JOIN store p ON p.workspace_id = ${w} AND p.id = s.id
     WHERE (p.region_id, p.channel_id) IS DISTINCT FROM (s.region_id, s.channel_id) ON CONFLICT DO NOTHING`,
  );
  await client.query(
    `UPDATE store p SET name = s.name, region_id = s.region_id, channel_id = s.channel_id, attributes = s.attributes
     FROM settled_store s
     WHERE p.workspace_id = ${w} AND p.id = s.id AND NOT s.fresh
       AND (p.name, p.region_id, p.channel_id, p.attributes) IS DISTINCT FROM (s.name, s.region_id, s.channel_id, s.attributes)`,
  );
  await client.query(
    `INSERT INTO store (workspace_id, id, code, name, region_id, channel_id, attributes, import_id)
     SELECT ${w}, id, code, name, region_id, channel_id, attributes, ${importId} FROM settled_store WHERE fresh`,
  );
}

/** Makes the rows of the touched shoppers what all claims on them say. */
export async function settleShoppers(subject: Subject): Promise<void> {
  const { client, workspaceId: w, importId } = subject;
  await client.query(`CREATE TEMP TABLE settled_shopper ON COMMIT DROP AS ${settled(subject, 'shopper', [])}`);
  await client.query('ALTER TABLE settled_shopper ADD PRIMARY KEY (id)');
  await client.query(
    `UPDATE shopper p SET attributes = s.attributes FROM settled_shopper s
     WHERE p.workspace_id = ${w} AND p.no = s.id AND NOT s.fresh AND p.attributes <> s.attributes`,
  );
  await client.query(
    `INSERT INTO shopper (workspace_id, no, code, attributes, import_id)
     SELECT ${w}, id, code, attributes, ${importId} FROM settled_shopper WHERE fresh`,
  );
}
