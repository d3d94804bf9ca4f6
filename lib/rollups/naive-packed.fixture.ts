import type { Pool } from 'pg';
import { packedLevels, type PackedLevel } from './levels';

export interface Line {
  date: string;
  store: number;
  region: number;
  channel: number;
  shopper: number | null;
  basket: string | null;
  product: number;
  brand: number;
  maker: number | null;
  category: number;
  nodes: number[];
  units: string;
  pack: string | null;
  unit: string | null;
  amount: string;
  base: string | null;
  promotion: number | null;
  is_return: boolean;
}

// The packed rollups by the same plain loop: an entry is one line of text.

const lists = {
  spend_month: (line: Line, bought: boolean) => [BigInt(line.amount), BigInt(line.units), bought ? 1n : 0n],
  item_month: (line: Line, bought: boolean) => {
    const promoted = line.promotion !== null && line.promotion > 0;
    const based = promoted && line.base !== null;
    return [
      bought ? 1n : 0n,
      BigInt(line.amount),
      BigInt(line.units),
      line.shopper === null ? 0n : BigInt(line.amount),
      promoted ? BigInt(line.amount) : 0n,
      promoted ? BigInt(line.units) : 0n,
      based ? BigInt(line.amount) : 0n,
      based ? BigInt(line.base ?? 0) : 0n,
    ];
  },
  shopper_month_store: () => [],
};

const keysOf = {
  spend_month: (line: Line, month: string) =>
    line.shopper === null
      ? []
      : [...line.nodes.map((node) => [node, 0]), [line.category, line.brand]].map((key) => [
          ...key,
          month,
          line.shopper,
        ]),
  item_month: (line: Line, month: string) =>
    [...line.nodes.map((node) => [node, 0]), [line.category, line.product]].map((key) => [
      ...key,
      month,
      Number(line.date.slice(8)),
      line.store,
    ]),
  shopper_month_store: (line: Line, month: string) =>
    line.shopper === null || line.is_return || BigInt(line.units) <= 0n
      ? []
      : [...line.nodes.map((node) => [node, 0]), [line.category, line.brand]].map((key) => [
          ...key,
          month,
          line.store,
          line.shopper,
        ]),
};

export function naivePacked(lines: readonly Line[]): Record<string, string[]> {
  return Object.fromEntries(
    packedLevels.map(({ table }) => {
      const entries = new Map<string, { sums: bigint[]; trips: Set<string> }>();
      for (const line of lines) {
        const bought = !line.is_return && BigInt(line.units) > 0n;
        const given = lists[table](line, bought);
        for (const key of keysOf[table](line, `${line.date.slice(0, 7)}-01`)) {
          const at = key.join(' ');
          const entry = entries.get(at) ?? { sums: given.map(() => 0n), trips: new Set<string>() };
          entries.set(at, entry);
          entry.sums = entry.sums.map((sum, index) => sum + (given[index] ?? 0n));
          if (bought && line.basket !== null) entry.trips.add(line.basket);
        }
      }
      const rows = [...entries].map(([key, { sums, trips }]) =>
        [key, '→', ...sums, ...(table === 'spend_month' ? [trips.size] : [])].join(' '),
      );
      return [table, rows.sort()];
    }),
  );
}

export async function storedPacked(pool: Pool, workspaceId: number, level: PackedLevel): Promise<string[]> {
  const names = [...level.entry, ...level.lists];
  const { rows } = await pool.query<{ row: string }>(
    `SELECT concat_ws(' ', category_id, ${level.keys[1]}, month, ${level.entry.map((name) => `e.${name}`).join(', ')}, '→'
                      ${level.lists.map((name) => `, e.${name}`).join('')}) AS row
     FROM ${level.table} t, LATERAL unnest(${names.map((name) => `t.${name}`).join(', ')}) AS e(${names.join(', ')})
     WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows.map(({ row }) => row).sort();
}
