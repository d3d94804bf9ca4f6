import 'server-only';
import { sql } from '@/lib/db/client';
import { versioned, type Versioned } from './versioned';

type Owner = 'product' | 'store' | 'shopper';

interface Attribute {
  of: Owner;
  name: string;
  values: string[];
}

const owners: Owner[] = ['product', 'store', 'shopper'];
const mostValues = 100;

/** Attribute values are text, whatever a file made of them. */
export const asText = (attributes: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** Every attribute with its most frequent values, the most frequent first. */
export function listAttributes(workspaceId: number): Promise<Versioned<{ items: Attribute[] }>> {
  return versioned(workspaceId, async (snapshot) => {
    const items: Attribute[] = [];
    for (const of of owners) {
      const rows = await snapshot.$queryRaw<{ name: string; values: string[] }[]>`
        SELECT name, array_agg(value ORDER BY members DESC, value) AS values FROM (
          SELECT e.key AS name, e.value, count(*) AS members,
            row_number() OVER (PARTITION BY e.key ORDER BY count(*) DESC, e.value) AS place
          FROM ${sql.raw(`"${of}"`)} t CROSS JOIN LATERAL jsonb_each_text(t.attributes) e
          WHERE t.workspace_id = ${workspaceId} AND e.value IS NOT NULL GROUP BY e.key, e.value) counted
        WHERE place <= ${mostValues} GROUP BY name ORDER BY name`;
      items.push(...rows.map(({ name, values }) => ({ of, name, values })));
    }
    return { items };
  });
}
