import type { Pool } from 'pg';
import {
  packedLevels,
  productLevels,
  rollupTables,
  salesLevels,
  shopperLevels,
  sumColumns,
  tripColumns,
} from './levels';
import { naivePacked, storedPacked, type Line } from './naive-packed.fixture';

// The rollups once more, by a plain loop over the lines: what the SQL is held against. A row is one line of text, its key
// before the arrow; units in thousandths, volumes in thousand-millionths.

class Cell {
  sums = Object.fromEntries(sumColumns.map((name) => [name, 0n]));
  trips = new Set<string>();
  identifiedTrips = new Set<string>();

  add(line: Line): void {
    const units = BigInt(line.units);
    const amount = BigInt(line.amount);
    const add = (name: (typeof sumColumns)[number], value: bigint) => {
      this.sums[name] = (this.sums[name] ?? 0n) + value;
    };
    add('lines', 1n);
    add('units', units);
    add('amount', amount);
    if (line.pack !== null && (line.unit === 'kg' || line.unit === 'l')) {
      add(line.unit === 'kg' ? 'volume_kg' : 'volume_l', units * BigInt(line.pack));
      add('sized_units', units);
    }
    if (line.shopper !== null) {
      add('identified_units', units);
      add('identified_amount', amount);
    }
    if (line.basket !== null) {
      add('basket_units', units);
      add('basket_amount', amount);
    }
    if (line.promotion !== null && line.promotion > 0) {
      add('promoted_units', units);
      add('promoted_amount', amount);
    }
    if (line.basket === null || line.is_return || units <= 0n) return;
    this.trips.add(line.basket);
    if (line.shopper !== null) this.identifiedTrips.add(line.basket);
  }

  toString(): string {
    return [...Object.values(this.sums), this.trips.size, this.identifiedTrips.size].join(' ');
  }
}

async function readLines(pool: Pool, workspaceId: number): Promise<Line[]> {
  const { rows } = await pool.query<Line>(
    `SELECT l.date::text, coalesce(l.store_id, 0) AS store, coalesce(s.region_id, 0) AS region,
            coalesce(s.channel_id, 0) AS channel, l.shopper_no AS shopper, l.basket_id AS basket, l.product_id AS product,
            p.brand_id AS brand, b.manufacturer_id AS maker, p.category_id AS category,
            ARRAY(SELECT ancestor_id FROM category_ancestor a WHERE a.workspace_id = $1 AND a.category_id = p.category_id) AS nodes,
            (l.units * 1000)::bigint::text AS units, (p.pack_size * 1000000)::bigint::text AS pack, p.pack_unit AS unit,
            l.amount::text, l.base_amount::text AS base, l.promotion, l.is_return
     FROM sale_line l JOIN product p ON p.workspace_id = $1 AND p.id = l.product_id
     JOIN brand b ON b.workspace_id = $1 AND b.id = p.brand_id
     LEFT JOIN store s ON s.workspace_id = $1 AND s.id = l.store_id WHERE l.workspace_id = $1`,
    [workspaceId],
  );
  return rows;
}

export async function naiveRollups(pool: Pool, workspaceId: number): Promise<Record<string, string[]>> {
  const lines = await readLines(pool, workspaceId);
  const rollups: Record<string, string[]> = {};
  const when = (line: Line, grain: 'day' | 'month') => (grain === 'day' ? line.date : `${line.date.slice(0, 7)}-01`);
  const collect = (table: string, keysOf: (line: Line) => unknown[][]) => {
    const cells = new Map<string, Cell>();
    for (const line of lines) {
      for (const key of keysOf(line).map((parts) => parts.join(' '))) {
        const cell = cells.get(key) ?? new Cell();
        cells.set(key, cell);
        cell.add(line);
      }
    }
    rollups[table] = [...cells].map(([key, cell]) => `${key} → ${cell}`).sort();
  };
  for (const level of salesLevels) {
    const members: readonly number[] = level.members;
    collect(level.table, (line) =>
      (
        [
          [0, 0],
          [1, line.maker],
          [2, line.brand],
        ] as const
      )
        .filter(([kind, member]) => member !== null && members.includes(kind))
        .flatMap(([kind, member]) =>
          line.nodes.map((node) => [
            node,
            kind,
            member,
            when(line, level.grain),
            ...(level.place ? [line.region, line.channel] : []),
          ]),
        ),
    );
  }
  for (const level of productLevels) collect(level.table, (line) => [[line.product, when(line, level.grain)]]);
  for (const level of shopperLevels) {
    const sets = new Map<string, Set<number>>();
    for (const line of lines) {
      if (line.shopper === null || line.is_return || BigInt(line.units) <= 0n) continue;
      for (const [node, brand] of [...line.nodes.map((id) => [id, 0]), [line.category, line.brand]]) {
        const key = [node, brand, when(line, level.grain)].join(' ');
        sets.set(key, (sets.get(key) ?? new Set()).add(line.shopper));
      }
    }
    rollups[level.table] = [...sets].flatMap(([key, set]) => [...set].map((shopper) => `${key} → ${shopper}`)).sort();
  }
  return { ...rollups, ...naivePacked(lines) };
}

export async function storedRollups(pool: Pool, workspaceId: number, table: string): Promise<string[]> {
  const level = rollupTables.find((known) => known.table === table);
  const shoppers = shopperLevels.find((known) => known.table === table);
  if (shoppers) {
    const { rows } = await pool.query<{ key: string; chunk: number; bits?: string; shoppers?: number[] }>(
      `SELECT concat_ws(' ', category_id, brand_id, ${shoppers.time}) AS key, chunk, ${shoppers.column}
       FROM ${table} WHERE workspace_id = $1`,
      [workspaceId],
    );
    return rows
      .flatMap(({ key, chunk, bits = '', shoppers: listed }) => {
        const numbers = listed ?? [...bits.matchAll(/1/g)].map(({ index }) => chunk * 65_536 + index);
        return numbers.map((shopper) => `${key} → ${shopper}`);
      })
      .sort();
  }
  const packed = packedLevels.find((known) => known.table === table);
  if (packed) return storedPacked(pool, workspaceId, packed);
  const sales = salesLevels.find((known) => known.table === table);
  const keys = sales
    ? ['category_id', 'member_kind', 'member_id', sales.time, ...(sales.place ? ['region_id', 'channel_id'] : [])]
    : ['product_id', level?.time];
  const scale = (name: string) =>
    name.startsWith('volume')
      ? `(${name} * 1000000000)::bigint`
      : name.endsWith('units')
        ? `(${name} * 1000)::bigint`
        : name;
  const { rows } = await pool.query<{ row: string }>(
    `SELECT concat_ws(' ', ${keys.join(', ')}) || ' → ' || concat_ws(' ', ${[...sumColumns, ...tripColumns].map(scale).join(', ')}) AS row
     FROM ${table} WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows.map(({ row }) => row).sort();
}
