import 'server-only';
import { idOf, type MemberTable, type Subject } from './touched';

/** A member made before any import spoke of it (by hand, say), in the words of a claim. */
const standing: Record<MemberTable, string> = {
  product: `SELECT m.id, jsonb_strip_nulls(jsonb_build_object(
       'name', m.name, 'brand', b.name, 'manufacturer', f.name, 'pack_size', m.pack_size::text, 'pack_unit', m.pack_unit))
       || jsonb_build_object('attributes', m.attributes, 'category', (
            SELECT coalesce(jsonb_agg(c.name ORDER BY c.depth), '[]') FROM category_ancestor a
            JOIN category c ON c.workspace_id = a.workspace_id AND c.id = a.ancestor_id AND c.depth > 0
            WHERE a.workspace_id = m.workspace_id AND a.category_id = m.category_id)) AS says
     FROM product m
     JOIN brand b ON b.workspace_id = m.workspace_id AND b.id = m.brand_id
     LEFT JOIN manufacturer f ON f.workspace_id = b.workspace_id AND f.id = b.manufacturer_id`,
  store: `SELECT m.id, jsonb_strip_nulls(jsonb_build_object('name', m.name, 'region', r.name, 'channel', c.name))
       || jsonb_build_object('attributes', m.attributes) AS says
     FROM store m
     LEFT JOIN region r ON r.workspace_id = m.workspace_id AND r.id = m.region_id
     LEFT JOIN channel c ON c.workspace_id = m.workspace_id AND c.id = m.channel_id`,
  shopper: `SELECT m.no AS id, jsonb_build_object('attributes', m.attributes) AS says FROM shopper m`,
};

/** Writes down how the touched members stood that no import spoke of: a change of theirs can then be taken back. */
export async function claimStanding({ client, workspaceId }: Subject, member: MemberTable): Promise<void> {
  const id = idOf[member];
  await client.query(
    `INSERT INTO member_claim (workspace_id, member, member_id, id, overrides, says)
     SELECT ${workspaceId}, '${member}', s.id, 0, false, s.says
     FROM (${standing[member]}
           JOIN touched_${member} t ON t.id = m.${id} AND NOT t.fresh
           WHERE m.workspace_id = ${workspaceId} AND m.import_id IS NULL AND NOT EXISTS (
             SELECT FROM member_claim k
             WHERE k.workspace_id = ${workspaceId} AND k.member = '${member}' AND k.member_id = m.${id})) s`,
  );
}

/** Writes down what the import says of its members; `said` selects (code, says). */
export async function claim(subject: Subject, member: MemberTable, said: string, overrides: boolean): Promise<void> {
  const { client, workspaceId, importId } = subject;
  await claimStanding(subject, member);
  // A product or store file keeps its members alive even if it says nothing but their codes.
  await client.query(
    `INSERT INTO member_claim (workspace_id, member, member_id, id, import_id, overrides, says)
     SELECT ${workspaceId}, '${member}', t.id, coalesce(i.publish_no, nextval(pg_get_serial_sequence('member_claim', 'id'))), ${importId}, ${overrides}, s.says
     FROM (${said}) s JOIN touched_${member} t USING (code)
     JOIN import i ON i.workspace_id = ${workspaceId} AND i.id = ${importId}
     WHERE ${overrides} OR s.says <> '{}' ORDER BY t.id`,
  );
  await client.query(`ANALYZE touched_${member}`);
}

/** The touched members with what holds of them by all claims; `fields` are read as JSON, attributes key by key. */
export function settled({ workspaceId }: Subject, member: MemberTable, fields: readonly string[]): string {
  // Overriding claims come first, the latest before the others; those that only fill in count in their own order.
  const order = 'c.overrides DESC, CASE WHEN c.overrides THEN -c.id ELSE c.id END';
  const claims = `member_claim c JOIN touched_${member} t ON t.id = c.member_id`;
  const concerned = `c.workspace_id = ${workspaceId} AND c.member = '${member}'`;
  const picks = fields.map(
    (field) => `(array_agg(c.says->'${field}' ORDER BY ${order}) FILTER (WHERE c.says ? '${field}'))[1] AS ${field}`,
  );
  return `
    SELECT t.code, t.id, t.fresh, ${fields.map((field) => `s.${field}, `).join('')} coalesce(a.attributes, '{}') AS attributes
    FROM touched_${member} t
    JOIN (SELECT t.id, m.import_id IS NULL AND NOT t.fresh AS by_hand FROM touched_${member} t
          LEFT JOIN ${member} m ON m.workspace_id = ${workspaceId} AND m.${idOf[member]} = t.id) h ON h.id = t.id
    LEFT JOIN (SELECT ${['c.member_id', ...picks].join(', ')} FROM ${claims} WHERE ${concerned} GROUP BY c.member_id) s ON s.member_id = t.id
    LEFT JOIN (SELECT member_id, jsonb_object_agg(key, value) AS attributes
               FROM (SELECT DISTINCT ON (c.member_id, e.key) c.member_id, e.key, e.value
                     FROM ${claims} CROSS JOIN LATERAL jsonb_each(coalesce(c.says->'attributes', '{}')) e
                     WHERE ${concerned}
                     ORDER BY c.member_id, e.key, ${order}) e
               GROUP BY member_id) a ON a.member_id = t.id
    WHERE NOT h.by_hand OR s.member_id IS NOT NULL`;
}
