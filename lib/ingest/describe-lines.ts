import 'server-only';
import type { ColumnStore } from '@/lib/columns/column-store';
import type { Mapping } from '@/lib/contract/imports';
import { claim } from './claim';
import { textsGiven } from './line-rows';
import { settleShoppers, settleStores, PLACE } from './settle-places';
import { settleProducts, UNSPECIFIED } from './settle-products';
import { touchCodes, type MemberTable, type Subject } from './touched';

const LEVEL = 'chr(31)';

/** The code of the member that a staged line belongs to, in the words of PostgreSQL and of the column store. */
export const codeOf: Record<MemberTable, string> = {
  product: `coalesce(l.product, '${UNSPECIFIED}' || l.brand || coalesce(':' || replace(l.category, ${LEVEL}, '/'), ''))`,
  store: `coalesce(l.store, '${PLACE}' || nullif(concat_ws('/', l.region, l.channel), ''))`,
  shopper: 'l.shopper',
};

const plain = (column: string): [string, string] => [column, `to_jsonb(${column})`];

/** What a line can say of each: the staged columns, what is made of them, and the JSON that a claim makes of that. */
const describing: Record<
  MemberTable,
  { staged: string[]; columns: Record<string, string>; fields: [string, string][] }
> = {
  product: {
    staged: ['product', 'product_name', 'brand', 'manufacturer', 'category', 'pack_size', 'pack_unit'],
    columns: {
      name: 'CASE WHEN l.product IS NOT NULL THEN l.product_name END',
      brand: 'l.brand',
      manufacturer: 'l.manufacturer',
      category: 'l.category',
      pack_size: 'l.pack_size',
      pack_unit: 'l.pack_unit',
    },
    fields: [
      plain('name'),
      plain('brand'),
      plain('manufacturer'),
      ['category', `to_jsonb(string_to_array(category, ${LEVEL}))`],
      ['pack_size', 'to_jsonb(pack_size::text)'],
      plain('pack_unit'),
    ],
  },
  store: {
    staged: ['store', 'region', 'channel'],
    columns: { region: 'l.region', channel: 'l.channel' },
    fields: [plain('region'), plain('channel')],
  },
  shopper: { staged: ['shopper'], columns: {}, fields: [] },
};

const members = ['product', 'store', 'shopper'] as const;
const settle = { product: settleProducts, store: settleStores, shopper: settleShoppers };

const textsOf = (member: MemberTable): string[] => [...describing[member].staged, `${member}_attributes`];

/**
 * Brings the products, stores and shoppers of the lines in the column store into the workspace, described as the lines describe
 * them.
 */
export async function describeLines(store: ColumnStore, subject: Subject, mapping: Mapping): Promise<void> {
  const given = (member: MemberTable): string[] => textsOf(member).filter((column) => textsGiven(mapping).has(column));
  const named = members.filter((member) => given(member).length > 0);
  // Lines repeat what they say of a member: what is left after grouping is small, whatever the lines.
  for (const member of named)
    await store.run(
      `CREATE TABLE given_${member} AS
       SELECT ${given(member).join(', ')}, min(row_no) AS first_row FROM load_line GROUP BY ${given(member).join(', ')}`,
    );
  for (const member of members) {
    if (named.includes(member)) await describe(store, subject, member, given(member));
    await settle[member](subject);
  }
}

async function describe(store: ColumnStore, subject: Subject, member: MemberTable, given: string[]): Promise<void> {
  const { client } = subject;
  const { columns, fields } = describing[member];
  const names = Object.keys(columns);
  const said = Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`);
  await client.query(
    `CREATE TEMP TABLE given_${member} ON COMMIT DROP AS
     SELECT ${textsOf(member).join(', ')}, row_no AS first_row FROM staged_line WITH NO DATA`,
  );
  await store.sendAll([{ target: `given_${member} (${given.join(', ')}, first_row)`, query: `FROM given_${member}` }]);
  await store.sent();
  await store.run(`DROP TABLE given_${member}`);
  await client.query(
    `CREATE TEMP TABLE said_${member} ON COMMIT DROP AS
     SELECT ${[`${codeOf[member]} AS code`, ...said, `l.${member}_attributes AS attributes`, 'l.first_row'].join(', ')}
     FROM given_${member} l WHERE ${codeOf[member]} IS NOT NULL`,
  );
  await client.query(`ANALYZE said_${member}`);
  await touchCodes(subject, member, `SELECT code, min(first_row) AS first_row FROM said_${member} GROUP BY code`);
  const first = names.map(
    (name) => `(array_agg(${name} ORDER BY first_row) FILTER (WHERE ${name} IS NOT NULL))[1] AS ${name}`,
  );
  const pairs = fields.map(([name, json]) => `'${name}', ${json}`).join(', ');
  await claim(
    subject,
    member,
    `SELECT f.code, jsonb_strip_nulls(jsonb_build_object(${pairs})) ||
            CASE WHEN a.attributes IS NULL THEN '{}' ELSE jsonb_build_object('attributes', a.attributes) END AS says
     FROM (SELECT ${['code', ...first].join(', ')} FROM said_${member} GROUP BY code) f
     LEFT JOIN (SELECT code, jsonb_object_agg(key, value) AS attributes
                FROM (SELECT DISTINCT ON (s.code, e.key) s.code, e.key, e.value
                      FROM said_${member} s CROSS JOIN LATERAL jsonb_each(coalesce(s.attributes::jsonb, '{}')) e
                      ORDER BY s.code, e.key, s.first_row) e
                GROUP BY code) a USING (code)`,
    false,
  );
}
