import { sql, type Prisma } from '@/lib/db/client';
import { chunkBytes } from '@/lib/packed/bits';
import { has, type ShopperSet } from './shopper-sets';

/** The shoppers that a query is restricted to. */
export interface Chosen {
  set: ShopperSet;
}

/** Their bitmaps as a table: chosen(chunk, bits). */
export function chosenTable({ set }: Chosen): Prisma.Sql {
  const chunks = Array.from({ length: Math.ceil(set.length / chunkBytes) }, (_, chunk) => chunk);
  const bits = chunks.map((chunk) => {
    const bytes = Buffer.alloc(chunkBytes);
    bytes.set(set.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes));
    return `x${bytes.toString('hex')}`;
  });
  return sql.sql`unnest(${chunks}::smallint[], ${bits}::bit(65536)[]) AS chosen(chunk, bits)`;
}

/** Keeps the rows of these shoppers, by a column of shopper numbers. */
export const ofChosen = (chosen: Chosen | null, shopper: Prisma.Sql): Prisma.Sql =>
  chosen === null
    ? sql.empty
    : sql.sql`JOIN ${chosenTable(chosen)} ON chosen.chunk = (${shopper} >> 16)
        AND get_bit(chosen.bits, ${shopper} & 65535) = 1`;

export const isChosen = (chosen: Chosen | null, shopper: number): boolean =>
  chosen === null || has(chosen.set, shopper);
