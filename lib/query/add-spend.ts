import { group } from 'd3-array';
import { isChosen } from './chosen';
import type { Ground } from './plan';
import type { SpendColumn, SpendRow } from './read-spend';

/**
 * What each shopper bought; position i of every list is one shopper, ascending. Amounts in the minor unit and units in
 * thousandths, both net of returns. Who has no purchase only returned, and is no buyer. Columns not asked for are empty.
 */
export type Spend = Record<SpendColumn, Float64Array> & { key: string | null; shoppers: Int32Array };

/** Adds the lists of each key up: in arrays over all shoppers, then only those met. */
export function addSpend(
  rows: readonly SpendRow[],
  wanted: readonly SpendColumn[],
  { shoppers: chosen }: Ground,
): Spend[] {
  const size = rows.reduce((most, { lists }) => Math.max(most, lists.shoppers.at(-1) ?? 0), 0) + 4;
  const sums = wanted.map((column) => ({ column, all: new Float64Array(size) }));
  const met = new Uint8Array(size);
  const byKey = group(rows, ({ key }) => key);
  const keys = [...byKey.keys()].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return keys.map((key) => {
    let count = 0;
    for (const { lists } of byKey.get(key)!) {
      const { shoppers } = lists;
      for (let index = 0; index < shoppers.length; index++) {
        const shopper = shoppers[index]!;
        if (met[shopper] === 1 || (chosen && !isChosen(chosen, shopper))) continue;
        met[shopper] = 1;
        count++;
      }
      for (const { column, all } of sums) {
        const values = lists[column]!;
        for (let index = 0; index < shoppers.length; index++) all[shoppers[index]!]! += values[index]!;
      }
    }
    return collect(key, count, met, sums);
  });
}

/** Takes out what was met, and leaves zeros behind for the next key. */
function collect(
  key: string | null,
  count: number,
  met: Uint8Array,
  sums: readonly { column: SpendColumn; all: Float64Array }[],
): Spend {
  const empty = new Float64Array(0);
  const spend: Spend = {
    key,
    shoppers: new Int32Array(count),
    amount: empty,
    units: empty,
    purchases: empty,
    trips: empty,
  };
  for (const { column } of sums) spend[column] = new Float64Array(count);
  // Four at a time while nobody is met.
  const words = new Uint32Array(met.buffer, 0, met.length >> 2);
  for (let shopper = 0, at = 0; at < count; shopper++) {
    while ((shopper & 3) === 0 && words[shopper >> 2] === 0) shopper += 4;
    if (met[shopper] === 0) continue;
    met[shopper] = 0;
    spend.shoppers[at] = shopper;
    for (const { column, all } of sums) {
      spend[column][at] = all[shopper]!;
      all[shopper] = 0;
    }
    at++;
  }
  return spend;
}
