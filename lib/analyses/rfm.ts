/** One entry a buyer in each, equally long. */
export interface BuyerHistory {
  /** Days since the last purchase: the fewer the better. */
  recency: ArrayLike<number>;
  /** Trips, or purchases where there are no baskets. */
  frequency: ArrayLike<number>;
  /** Spend in minor units, net of returns. */
  monetary: ArrayLike<number>;
}

export interface RfmCell {
  recency: number;
  frequency: number;
  monetary: number;
  buyers: number;
  sales: number;
}

export interface Rfm {
  /** Score of each buyer, 1 (worst) to `quantiles` (best). */
  scores: Record<'recency' | 'frequency' | 'monetary', Uint8Array>;
  /** Buyers and sales by the three scores, best first; empty cells are left out. */
  cells: RfmCell[];
}

/**
 * Scores by quantile: 1 + ⌊quantiles × part of buyers strictly worse⌋. Equal buyers get equal scores, so where many are
 * equal (one trip each) fewer scores occur.
 */
export function rfm({ recency, frequency, monetary }: BuyerHistory, quantiles = 5): Rfm {
  const scores = {
    recency: scoresOf(
      Float64Array.from(recency, (days) => -days),
      quantiles,
    ),
    frequency: scoresOf(Float64Array.from(frequency), quantiles),
    monetary: scoresOf(Float64Array.from(monetary), quantiles),
  };
  const cells = new Map<number, RfmCell>();
  for (let at = 0; at < monetary.length; at++) {
    const [r, f, m] = [scores.recency[at] ?? 0, scores.frequency[at] ?? 0, scores.monetary[at] ?? 0];
    const key = (r * 256 + f) * 256 + m;
    const cell = cells.get(key) ?? { recency: r, frequency: f, monetary: m, buyers: 0, sales: 0 };
    cell.buyers += 1;
    cell.sales += monetary[at] ?? 0;
    cells.set(key, cell);
  }
  return { scores, cells: [...cells].sort(([a], [b]) => b - a).map(([, cell]) => cell) };
}

function scoresOf(values: Float64Array, quantiles: number): Uint8Array {
  const order = values.slice().sort();
  const scoreOf = new Map<number, number>();
  for (const [worse, value] of order.entries()) {
    if (!scoreOf.has(value)) scoreOf.set(value, 1 + Math.floor((quantiles * worse) / order.length));
  }
  return Uint8Array.from(values, (value) => scoreOf.get(value) ?? 0);
}
