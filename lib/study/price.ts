import 'server-only';
import { quotient } from '@/lib/analyses/amounts';
import { priceIndex } from '@/lib/analyses/price-index';
import { bandEdges, priceLadder } from '@/lib/analyses/price-ladder';
import { noLeaves, volumeUnit, type Leaves, type VolumeUnit } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import type { Findings, Study } from './study';

const milli = (units: number): bigint => BigInt(Math.round(units * 1_000));

/** What of some products has a pack size in kg or l: what was taken for it, its units and its volume in thousandths. */
interface Sized {
  amount: bigint;
  units: bigint;
  volume: Record<VolumeUnit, bigint>;
}

function addSized(to: Sized, { sums }: Leaves, amount: bigint): void {
  to.amount += amount;
  to.units += milli(sums.units);
  to.volume.kg += milli(sums.volumeKg);
  to.volume.l += milli(sums.volumeL);
}

const nothing = (): Sized => ({ amount: 0n, units: 0n, volume: { kg: 0n, l: 0n } });

/** Amount and volume in the unit; null where kg and l mix, or the other one is sold. */
const pricedBy = (unit: VolumeUnit, { amount, volume }: Sized): { amount: bigint; quantity: bigint } | null =>
  volume[unit === 'kg' ? 'l' : 'kg'] === 0n && volume[unit] !== 0n ? { amount, quantity: volume[unit] } : null;

export async function price(study: Study): Promise<Findings> {
  const cut = (by: 'none' | 'brand' | 'product') => ({ ...study.market, key: { by } });
  const market = (await study.leaves('The market', cut('none'), study.range, ['sums'])).get(null) ?? noLeaves;
  const brands = await study.leaves('Brands', cut('brand'), study.range, ['sums']);
  const products = await study.leaves('Products', cut('product'), study.range, ['sums']);
  const key = { by: 'brand' as const };
  const shown = [...brands]
    .filter(([brand]) => study.isFocus(brand))
    .sort(([a, first], [b, second]) => second.sums.amount - first.sums.amount || Number(a) - Number(b));
  const name = await study.names(
    key,
    shown.map(([brand]) => brand),
  );
  const unit = volumeUnit(market) === 'l' ? 'l' : 'kg';
  const known = await study.products([...products.keys()].map(Number));
  const sized = { market: nothing(), brands: new Map<string, Sized>() };
  for (const [key, leaves] of products) {
    const product = known.get(Number(key));
    if (!product?.pack) continue;
    const amount = study.minor(leaves.sums.amount);
    const ofBrand = sized.brands.get(String(product.brand)) ?? nothing();
    sized.brands.set(String(product.brand), ofBrand);
    for (const sums of [sized.market, ofBrand]) addSized(sums, leaves, amount);
  }
  const marketVolume = pricedBy(unit, sized.market);
  const marketCoverage = quotient(sized.market.units, milli(market.sums.units), 100);
  const money = (minor: number | null): number | null => (minor === null ? null : study.money(minor));
  const rows = shown.map(([brand, leaves]) => {
    const amount = study.minor(leaves.sums.amount);
    const whole = study.minor(market.sums.amount);
    const perUnit = priceIndex(
      { amount, quantity: milli(leaves.sums.units) },
      { amount: whole, quantity: milli(market.sums.units) },
    );
    const withSize = sized.brands.get(String(brand)) ?? nothing();
    const volume = pricedBy(unit, withSize);
    const perVolume = volume && priceIndex(volume, marketVolume ?? { amount: 0n, quantity: 0n });
    return [
      name(brand),
      money(perUnit.price),
      perUnit.including,
      perUnit.excluding,
      money(perVolume?.price ?? null),
      perVolume?.including ?? null,
      quotient(withSize.units, milli(leaves.sums.units), 100),
    ];
  });
  const points = [...products.values()].map(({ sums }) => ({
    amount: study.minor(sums.amount),
    units: milli(sums.units),
  }));
  const { bands, withoutPrice } = priceLadder(points, bandEdges(points));
  const { currency } = study.resolved.facts;
  const told = (minor: number): string => formatUnit('moneyPerUnit', study.money(minor), { currency });
  return {
    figures: [],
    tables: [
      {
        id: 'brands',
        title: 'Price by brand',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'price', label: 'Average price', unit: 'moneyPerUnit' },
          { id: 'index', label: 'Price index', unit: 'index', note: 'To the market with the brand.' },
          { id: 'excluding', label: 'Without the brand', unit: 'index', note: 'To the market without the brand.' },
          { id: 'perVolume', label: `Price per ${unit}`, unit: 'moneyPerUnit' },
          { id: 'volumeIndex', label: `Index per ${unit}`, unit: 'index' },
          { id: 'sized', label: 'With a pack size', unit: 'percent', note: `Units that the price per ${unit} is of.` },
        ],
        rows,
      },
      {
        id: 'ladder',
        title: 'Price ladder: sales by price of the product',
        columns: [
          { id: 'band', label: 'Average price', unit: 'text' },
          { id: 'sales', label: 'Value sales', unit: 'money' },
          { id: 'units', label: 'Units', unit: 'units' },
          { id: 'share', label: 'Of value', unit: 'percent' },
        ],
        rows: bands.map(({ from, to, amount, units, percentOfAmount }) => [
          from === null
            ? to === null
              ? 'All prices'
              : `Below ${told(to)}`
            : to === null
              ? `From ${told(from)}`
              : `${told(from)} to ${told(to)}`,
          study.money(amount),
          Number(units) / 1_000,
          percentOfAmount,
        ]),
      },
    ],
    chart: { kind: 'bars', table: 'ladder', x: 'band', y: ['sales'] },
    notes: [
      ...(marketVolume === null
        ? ['Nothing of the market has a pack size, or kg and l mix in it: there is no index by volume.']
        : marketCoverage === 100
          ? []
          : [`Prices per ${unit} are of what has a pack size: ${formatUnit('percent', marketCoverage)} of units.`]),
      ...(withoutPrice.amount === 0n
        ? []
        : ['Products with more returns than sales have no price, and stand on no rung.']),
    ],
  };
}
