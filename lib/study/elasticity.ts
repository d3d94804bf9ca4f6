import 'server-only';
import { group } from 'd3-array';
import { elasticity as estimate, type ElasticityFit, type ElasticityRefusal } from '@/lib/analyses/elasticity';
import { divide } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import type { Items } from '@/lib/query/join-items';
import { byStoreAndWeek, weeksOf, type Weeks } from './item-weeks';
import type { Findings, Study } from './study';

const columns = ['amount', 'units', 'promoted_units'] as const;

const reasons: Record<ElasticityRefusal['reason'], string> = {
  fewPriceChanges: 'Fewer than 30 price changes',
  littlePriceVariation: 'Prices hardly move apart: less than 0.02 within product-stores and weeks',
  oneItemStore: 'One product in one store only',
  tooFewRows: 'Too few weeks with sales',
};

/** Below so many units in a week with sales, the weeks without any are too many to be left out unnoticed. */
const thin = 5;

export async function elasticity(study: Study): Promise<Findings> {
  // Promotion is a term of the model, so a filter of promotions is left out.
  const cut = { ...study.slice, key: { by: 'none' as const }, promotion: null };
  const items = await study.items('Products by store', cut, study.range, columns);
  const known = await study.products(items.map(({ product }) => product));
  const weeks = weeksOf(study);
  const brands = [...group(items, ({ product }) => String(known.get(product)?.brand))]
    .map(([brand, list]) => {
      const rows = rowsOf(list, weeks);
      const units = rows.units.reduce((sum, one) => sum + one, 0);
      return { brand, units, fit: estimate(rows), perRow: divide(units, rows.units.length) };
    })
    .sort((a, b) => b.units - a.units || Number(a.brand) - Number(b.brand));
  const name = await study.names(
    { by: 'brand' },
    brands.map(({ brand }) => brand),
  );
  const scarce = brands.filter(({ fit, perRow }) => fit.reason === null && perRow !== null && perRow < thin);
  const [only] = brands;
  return {
    figures: brands.length === 1 && only ? figuresOf(only.fit) : [],
    tables: [
      {
        id: 'brands',
        title: 'Price elasticity by brand',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'elasticity', label: 'Elasticity', unit: 'ratio', note: 'Percent of units per percent of price.' },
          { id: 'from', label: '95 % from', unit: 'ratio' },
          { id: 'to', label: 'to', unit: 'ratio' },
          {
            id: 'promotion',
            label: 'Promotion beside price',
            unit: 'percent',
            note: 'What it adds at an equal price.',
          },
          { id: 'rows', label: 'n', unit: 'count', note: 'Weeks of a product in a store, with sales.' },
          { id: 'itemStores', label: 'Product-stores', unit: 'count' },
          { id: 'changes', label: 'Price changes', unit: 'count' },
          { id: 'variation', label: 'Price variation', unit: 'percent', note: 'Within product-stores and weeks.' },
          { id: 'refused', label: 'Why there is none', unit: 'text' },
        ],
        rows: brands.map(({ brand, fit }) => [
          name(brand),
          ...(fit.reason === null ? [fit.elasticity.value, ...fit.elasticity.interval] : [null, null, null]),
          promotionOf(fit),
          fit.rows,
          fit.itemStores,
          fit.priceChanges,
          fit.variation * 100,
          fit.reason === null ? '' : reasons[fit.reason],
        ]),
      },
    ],
    chart: brands.some(({ fit }) => fit.reason === null)
      ? { kind: 'bars', table: 'brands', x: 'brand', y: ['elasticity'] }
      : null,
    notes: [
      'An estimate, of what moves prices apart: a change that all products and stores of a brand make in one week is taken for the week’s.',
      ...(scarce.length > 0
        ? [
            `Weeks without a sale have no logarithm and are left out. Where a week with sales has few units, that draws the elasticity towards 0: ${scarce
              .slice(0, 5)
              .map(({ brand, perRow }) => `${name(brand)} (${formatUnit('ratio', perRow)} units)`)
              .join(', ')}${scarce.length > 5 ? ' and others' : ''}.`,
          ]
        : []),
      ...(study.slice.promotion === null
        ? []
        : ['The filter of promotions is left out: promotion is a term of the model.']),
    ],
  };
}

/** e^γ − 1: promotion as percent of units. */
const promotionOf = (fit: ElasticityFit | ElasticityRefusal): number | null =>
  fit.reason === null && fit.promotion ? Math.expm1(fit.promotion.value) * 100 : null;

function figuresOf(fit: ElasticityFit | ElasticityRefusal): Findings['figures'] {
  const interval =
    fit.reason === null ? fit.elasticity.interval.map((end) => formatUnit('ratio', end)).join(' to ') : '';
  return [
    {
      id: 'elasticity',
      label: 'Price elasticity',
      value: fit.reason === null ? fit.elasticity.value : null,
      unit: 'ratio',
      note: fit.reason === null ? `95 % interval: ${interval}.` : `${reasons[fit.reason]}.`,
    },
    {
      id: 'promotion',
      label: 'Promotion beside price',
      value: promotionOf(fit),
      unit: 'percent',
      note: 'What it adds to units at an equal price.',
    },
    { id: 'rows', label: 'n', value: fit.rows, unit: 'count', note: 'Weeks of a product in a store, with sales.' },
  ];
}

/** Units whole, prices in the minor unit, promotion as the promoted part of units. */
function rowsOf(items: readonly Items[], weeks: Weeks) {
  const itemStores = items.flatMap((item) => [...byStoreAndWeek(item, weeks).values()]);
  const rows = itemStores.flatMap((sold, itemStore) =>
    sold.filter(({ units, amount }) => units > 0 && amount > 0).map((week) => ({ itemStore, ...week })),
  );
  return {
    itemStore: Int32Array.from(rows, (row) => row.itemStore),
    week: Int32Array.from(rows, (row) => row.week),
    units: Float64Array.from(rows, (row) => row.units / 1_000),
    price: Float64Array.from(rows, (row) => (row.amount * 1_000) / row.units),
    // Returns of the one or the other could make it less than none of the units, or more than all.
    promoted: Float64Array.from(rows, (row) => Math.min(1, Math.max(0, row.promotedUnits / row.units))),
  };
}
