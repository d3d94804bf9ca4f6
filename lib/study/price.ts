import 'server-only';
import { priceIndex } from '@/lib/analyses/price-index';
import { bandEdges, priceLadder } from '@/lib/analyses/price-ladder';
import { noLeaves, volumeUnit, type Leaves } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import type { Findings, Study } from './study';

const milli = (units: number): bigint => BigInt(Math.round(units * 1_000));

/** Volume in thousandths, where all that was sold has a pack size in the one unit; else null. */
function volumeOf(leaves: Leaves, unit: 'kg' | 'l'): bigint | null {
  const whole = volumeUnit(leaves) === unit && leaves.sums.sizedUnits === leaves.sums.units;
  return whole ? milli(unit === 'kg' ? leaves.sums.volumeKg : leaves.sums.volumeL) : null;
}

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
  const marketVolume = volumeOf(market, unit);
  const money = (minor: number | null): number | null => (minor === null ? null : study.money(minor));
  const rows = shown.map(([brand, leaves]) => {
    const amount = study.minor(leaves.sums.amount);
    const whole = study.minor(market.sums.amount);
    const perUnit = priceIndex(
      { amount, quantity: milli(leaves.sums.units) },
      { amount: whole, quantity: milli(market.sums.units) },
    );
    const volume = volumeOf(leaves, unit);
    const perVolume =
      volume === null
        ? null
        : priceIndex({ amount, quantity: volume }, { amount: whole, quantity: marketVolume ?? 0n });
    return [
      name(brand),
      money(perUnit.price),
      perUnit.including,
      perUnit.excluding,
      money(perVolume?.price ?? null),
      perVolume?.including ?? null,
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
        ? ['Not all that was sold has a pack size in one unit, so there is no price by volume of the market.']
        : []),
      ...(withoutPrice.amount === 0n
        ? []
        : ['Products with more returns than sales have no price, and stand on no rung.']),
    ],
  };
}
