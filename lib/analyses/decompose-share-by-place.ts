import { quotient, total, type Minor } from './amounts';

/** A brand and its market in one place (region, channel, store, category), in both periods. */
export interface PlaceSales<Place> {
  place: Place;
  brandBefore: Minor;
  marketBefore: Minor;
  brandAfter: Minor;
  marketAfter: Minor;
}

export interface PlaceShare<Place> {
  place: Place;
  /** Share in the place, in percent; null where its market's sales are 0. */
  shareBefore: number | null;
  shareAfter: number | null;
  /** In points: the brand's share moved in the place. */
  within: number | null;
  /** In points: the place's weight in the market moved. */
  mix: number | null;
  /** In points, for a place without market sales (<= 0) in either period: all that it adds. Else null. */
  whole: number | null;
}

export interface ShareByPlace<Place> {
  before: number | null;
  after: number | null;
  /** In points; the places' within, mix and whole add up to it. Null where the market's sales are 0. */
  change: number | null;
  places: PlaceShare<Place>[];
}

/**
 * Why share changed, by place: within = mean weight × Δshare; mix = (mean share − mean of the two total shares) × Δweight.
 * Places must be disjoint and make up the market. Periods swapped, every bar is negated.
 */
export function decomposeShareByPlace<Place>(rows: readonly PlaceSales<Place>[]): ShareByPlace<Place> {
  const market1 = total(rows.map((row) => row.marketBefore));
  const market2 = total(rows.map((row) => row.marketAfter));
  const percent = (over: bigint, under: bigint) => quotient(over, under, 100);
  const share1 = percent(total(rows.map((row) => row.brandBefore)), market1);
  const share2 = percent(total(rows.map((row) => row.brandAfter)), market2);
  const none = share1 === null || share2 === null;
  const mean = none ? 0 : (share1 + share2) / 2;

  const places = rows.map((row): PlaceShare<Place> => {
    const before = percent(row.brandBefore, row.marketBefore);
    const after = percent(row.brandAfter, row.marketAfter);
    const shown = { place: row.place, shareBefore: before, shareAfter: after };
    if (none) return { ...shown, within: null, mix: null, whole: null };
    const weight1 = Number(row.marketBefore) / Number(market1);
    const weight2 = Number(row.marketAfter) / Number(market2);
    if (before === null || after === null || row.marketBefore <= 0n || row.marketAfter <= 0n) {
      // The same sum as within + mix, without a share: Δ(brand ÷ whole market) − mean total share × Δweight.
      const added = (percent(row.brandAfter, market2) ?? 0) - (percent(row.brandBefore, market1) ?? 0);
      return { ...shown, within: null, mix: null, whole: added - mean * (weight2 - weight1) };
    }
    return {
      ...shown,
      within: ((weight1 + weight2) / 2) * (after - before),
      mix: ((before + after) / 2 - mean) * (weight2 - weight1),
      whole: null,
    };
  });
  return { before: share1, after: share2, change: none ? null : share2 - share1, places };
}
