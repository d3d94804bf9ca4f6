import type { Minor } from './amounts';
import { roundFlows } from './round-flows';

/**
 * One row a shopper and brand, in any order, brands that make up the whole market ("others" included). Columns are equally
 * long. Amounts are whole: money in the minor unit, or units in thousandths; net of returns.
 */
export interface ShopperBrands {
  /** Shopper numbers, small and dense: 0 to a few times the number of rows. */
  shopper: Int32Array;
  /** Position of the brand, from 0. */
  brand: Int32Array;
  before: Float64Array;
  after: Float64Array;
}

export interface BrandSwitching {
  /** newToMarket + returned − lostFromMarket + switchedIn − switchedOut + increase − decrease. */
  change: Minor;
  /** What it sold to shoppers without sales in the market in the first period. */
  newToMarket: Minor;
  /** The same to those of them who had bought in the market earlier still: it was timing. */
  returned: Minor;
  /** What it had sold to shoppers without sales in the market in the second period. */
  lostFromMarket: Minor;
  switchedIn: Minor;
  switchedOut: Minor;
  increase: Minor;
  decrease: Minor;
}

export interface Switching {
  brands: BrandSwitching[];
  /** Amounts that went from one brand to another, largest first; those that round to 0 are left out. */
  flows: { from: number; to: number; amount: Minor; shoppers: number }[];
}

/**
 * Who gained from whom. Shoppers new to and lost from the market (no sales in it in one period) come first; then per shopper
 * G = Σ gains, Lo = Σ losses, switched = min(G, Lo), flow j → i = switched · loss_j/Lo · gain_i/G, the rest is increase or
 * decrease, pro rata. Conserves: what leaves a brand arrives at others; each brand's parts are its change, to the minor
 * unit. Identified sales only. Brands are matched one by one, however few are told apart: of `brands` places the last holds
 * all brands from there on, and what moves among those is none of its flows. `earlier` tells, by shopper number, who bought in
 * the market before the first period.
 */
export function switching(rows: ShopperBrands, brands: number, earlier?: (shopper: number) => boolean): Switching {
  const { before, after } = rows;
  const placeOf = (row: number): number => placeAmong(brands, rows.brand[row] ?? 0);
  const { order, starts } = groupByShopper(rows.shopper);
  const whole = () => new Array<number>(brands).fill(0);
  const [newToMarket, returned, lostFromMarket, net] = [whole(), whole(), whole(), whole()];
  const switched = new Float64Array(brands * brands);
  const movers = new Uint32Array(brands * brands);
  // By flow the last shopper who moved so, who may do it with several brands of a place; numbers from 1.
  const mover = new Int32Array(brands * brands);
  /** Rows of the shopper at hand that lost. */
  const losing: number[] = [];
  const increase = new Float64Array(brands);
  const decrease = new Float64Array(brands);

  for (let group = 0; group + 1 < starts.length; group++) {
    const start = starts[group]!;
    const end = starts[group + 1]!;
    if (start === end) continue;
    let inBefore = false;
    let inAfter = false;
    let gains = 0;
    let losses = 0;
    for (let k = start; k < end; k++) {
      const row = order[k]!;
      const change = after[row]! - before[row]!;
      inBefore ||= before[row] !== 0;
      inAfter ||= after[row] !== 0;
      if (change > 0) gains += change;
      else losses -= change;
    }
    if (!inBefore || !inAfter) {
      const arrived = earlier?.(group) ? returned : newToMarket;
      for (let k = start; k < end; k++) {
        const row = order[k]!;
        arrived[placeOf(row)]! += inBefore ? 0 : after[row]!;
        lostFromMarket[placeOf(row)]! += inAfter ? 0 : before[row]!;
      }
      continue;
    }
    const moved = Math.min(gains, losses);
    let losers = 0;
    for (let k = start; k < end; k++) {
      const row = order[k]!;
      const gain = after[row]! - before[row]!;
      net[placeOf(row)]! += gain;
      if (gain > 0) increase[placeOf(row)]! += gain * (1 - moved / gains);
      if (gain >= 0) continue;
      decrease[placeOf(row)]! += -gain * (1 - moved / losses);
      losing[losers++] = row;
    }
    if (moved === 0) continue;
    for (let k = start; k < end; k++) {
      const to = order[k]!;
      const gain = after[to]! - before[to]!;
      if (gain <= 0) continue;
      const winner = placeOf(to);
      for (let l = 0; l < losers; l++) {
        const from = losing[l]!;
        const loser = placeOf(from);
        if (loser === winner) continue;
        const flow = loser * brands + winner;
        switched[flow]! += (moved * ((before[from]! - after[from]!) / losses) * gain) / gains;
        if (mover[flow] === group + 1) continue;
        mover[flow] = group + 1;
        movers[flow]! += 1;
      }
    }
  }
  roundFlows({ switched, increase, decrease }, net);
  return collect(brands, { newToMarket, returned, lostFromMarket, net, increase, decrease }, switched, movers);
}

const placeAmong = (brands: number, brand: number): number => Math.min(brand, brands - 1);

/** The shoppers of a flow: in the market in both periods, with less of a brand of the one place and more of one of the other. */
export function whoSwitched(
  { shopper, brand, before, after }: ShopperBrands,
  brands: number,
  { from, to }: { from: number; to: number },
): number[] {
  const { order, starts } = groupByShopper(shopper);
  const found: number[] = [];
  for (let group = 0; group + 1 < starts.length; group++) {
    const mine = order.subarray(starts[group], starts[group + 1]);
    const moved = (place: number, by: number): boolean =>
      mine.some(
        (row) =>
          placeAmong(brands, brand[row] ?? 0) === place && Math.sign((after[row] ?? 0) - (before[row] ?? 0)) === by,
      );
    if (
      mine.some((row) => before[row] !== 0) &&
      mine.some((row) => after[row] !== 0) &&
      moved(from, -1) &&
      moved(to, 1)
    )
      found.push(group);
  }
  return found;
}

/** Rows in order of shoppers by counting: `order` between starts[s] and starts[s + 1] are the rows of shopper s. */
function groupByShopper(shopper: Int32Array): { order: Int32Array; starts: Int32Array } {
  let most = -1;
  for (const one of shopper) if (one > most) most = one;
  const starts = new Int32Array(most + 2);
  for (let row = 0; row < shopper.length; row++) starts[shopper[row]! + 1]!++;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const next = starts.slice();
  const order = new Int32Array(shopper.length);
  for (let row = 0; row < shopper.length; row++) order[next[shopper[row]!]!++] = row;
  return { order, starts };
}

type Sums = Record<'newToMarket' | 'returned' | 'lostFromMarket' | 'net' | 'increase' | 'decrease', ArrayLike<number>>;

function collect(brands: number, sums: Sums, switched: Float64Array, movers: Uint32Array): Switching {
  const of = (list: ArrayLike<number>, at: number) => BigInt(list[at] ?? 0);
  const parts = Array.from({ length: brands }, (_, at) => ({
    change: of(sums.newToMarket, at) + of(sums.returned, at) - of(sums.lostFromMarket, at) + of(sums.net, at),
    newToMarket: of(sums.newToMarket, at),
    returned: of(sums.returned, at),
    lostFromMarket: of(sums.lostFromMarket, at),
    switchedIn: 0n,
    switchedOut: 0n,
    increase: of(sums.increase, at),
    decrease: of(sums.decrease, at),
  }));
  const flows: Switching['flows'] = [];
  for (let at = 0; at < switched.length; at++) {
    const amount = of(switched, at);
    if (amount === 0n) continue;
    const [from, to] = [Math.floor(at / brands), at % brands];
    flows.push({ from, to, amount, shoppers: movers[at] ?? 0 });
    const [loser, winner] = [parts[from], parts[to]];
    if (loser) loser.switchedOut += amount;
    if (winner) winner.switchedIn += amount;
  }
  flows.sort((a, b) => (b.amount > a.amount ? 1 : b.amount < a.amount ? -1 : a.from - b.from || a.to - b.to));
  return { brands: parts, flows };
}
