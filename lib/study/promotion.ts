import 'server-only';
import { extent, group } from 'd3-array';
import { addBaselines, baseline, type Baseline, type ItemStoreWeeks } from '@/lib/analyses/baseline';
import { discountDepth, onDeal } from '@/lib/analyses/on-deal';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { divide } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import type { Items } from '@/lib/query/join-items';
import { addDeals, dealsOf, sumsOf, volumeNote, type Deals } from './deals';
import { byStoreAndWeek, weeksOf, type ItemWeek, type Weeks } from './item-weeks';
import type { Findings, Study } from './study';

interface Found {
  key: string;
  brand: string;
  deals: Deals;
  base: Baseline;
  /** Units, in thousandths, that sell too rarely for a base. */
  sparse: number;
}

/**
 * Part of the weeks in which a product has to sell in the stores of a channel. In one that sells more rarely the promoted
 * weeks that nobody bought in can't be told from regular ones, and those that can would make promotions look strong.
 */
const LEAST_WEEKS = 0.9;

const columns = ['amount', 'units', 'promoted_amount', 'promoted_units', 'based_amount', 'base_amount'] as const;

export async function promotion(study: Study): Promise<Findings> {
  // A base needs what was sold at other times, so a filter of promotions is left out.
  const cut = { ...study.slice, key: { by: 'none' as const }, promotion: null };
  const items = await study.items('Products by store', cut, study.range, columns);
  const known = await study.products(items.map(({ product }) => product));
  const channels = await study.channels();
  const weeks = weeksOf(study);
  const products = items.map((item): Found => {
    const product = known.get(item.product);
    const { itemStores, sparse } = itemStoresOf(item, weeks, channels);
    return {
      key: String(item.product),
      brand: String(product?.brand),
      deals: dealsOf(item, product),
      base: baseline(itemStores),
      sparse,
    };
  });
  const brands = [...group(products, ({ brand }) => brand)].map(([brand, list]) => together(brand, list));
  const all = together('', products);
  const { top = 10 } = study.spec;
  const shown = bySize(products.filter(({ deals }) => deals.promotedUnits !== 0)).slice(0, top);
  return {
    figures: figuresOf(all),
    tables: [
      weekTable(all.base, weeks),
      await table(study, 'brands', 'Brand', bySize(brands)),
      await table(study, 'products', 'Product', shown),
    ],
    chart: all.base.reason === null ? { kind: 'lines', table: 'weeks', x: 'week', y: ['units', 'base'] } : null,
    notes: notesOf(study, all),
  };
}

const bySize = (list: readonly Found[]): Found[] =>
  [...list].sort((a, b) => b.deals.promotedAmount - a.deals.promotedAmount || Number(a.key) - Number(b.key));

const together = (brand: string, list: readonly Found[]): Found => ({
  key: brand,
  brand,
  deals: addDeals(list.map(({ deals }) => deals)),
  base: addBaselines(list.map(({ base }) => base)),
  sparse: list.reduce((sum, one) => sum + one.sparse, 0),
});

/**
 * An item's weeks in each store. A week without a sale is a promoted one where most stores of the channel that sold the
 * item sold it on promotion: else only those weeks would count as promoted in which it sold.
 */
function itemStoresOf(
  item: Items,
  weeks: Weeks,
  channels: ReadonlyMap<number, number>,
): { itemStores: ItemStoreWeeks[]; sparse: number } {
  const stores = [...byStoreAndWeek(item, weeks)].map(([store, sold]) => ({
    channel: channels.get(store),
    sold: sold.filter(({ week }) => weeks.isWhole(week)),
  }));
  const itemStores: ItemStoreWeeks[] = [];
  let sparse = 0;
  for (const inChannel of group(stores, ({ channel }) => channel).values()) {
    // By week: stores that sold it on promotion less those that sold it without.
    const votes = new Map<number, number>();
    for (const one of inChannel.flatMap(({ sold }) => sold)) {
      votes.set(one.week, (votes.get(one.week) ?? 0) + (isPromoted(one) ? 1 : -1));
    }
    const [first = 0, last = 0] = extent(votes.keys());
    if (votes.size < LEAST_WEEKS * (last - first + 1)) {
      sparse += inChannel.flatMap(({ sold }) => sold).reduce((sum, { units }) => sum + units, 0);
      continue;
    }
    for (const { sold } of inChannel) itemStores.push({ weeks: filled(sold, (week) => (votes.get(week) ?? 0) > 0) });
  }
  return { itemStores, sparse };
}

/** With the promoted weeks between its sales in which it sold nothing; regular ones need no entry. */
function filled(sold: readonly ItemWeek[], promotedThere: (week: number) => boolean): ItemStoreWeeks['weeks'] {
  return sold.flatMap((one, at) => {
    const rows = [{ week: one.week, units: BigInt(one.units), promoted: isPromoted(one) }];
    const next = sold[at + 1]?.week ?? one.week + 1;
    for (let week = one.week + 1; week < next; week++) {
      if (promotedThere(week)) rows.push({ week, units: 0n, promoted: true });
    }
    return rows;
  });
}

/** What was bought on promotion may come back in a regular week: that makes it no promoted one. */
const isPromoted = ({ promotedUnits }: ItemWeek): boolean => promotedUnits > 0;
const inUnits = (milli: bigint | number): number => Number(milli) / 1_000;

function figuresOf({ deals, base }: Found): Findings['figures'] {
  const { promoted, all } = sumsOf(deals);
  const { value, units, volume } = onDeal(promoted, all);
  const { depth, coverage } = discountDepth(deals.itemStores);
  const estimated = base.reason === null;
  const known =
    coverage === null ? '' : ` A base price is known for ${formatUnit('percent', coverage)} of promoted value.`;
  return [
    { id: 'value', label: 'On deal, value', value, unit: 'percent' },
    { id: 'units', label: 'On deal, units', value: units, unit: 'percent' },
    { id: 'volume', label: 'On deal, volume', value: volume, unit: 'percent', note: volumeNote(deals) },
    { id: 'depth', label: 'Discount depth', value: depth, unit: 'percent', note: `On promoted sales.${known}` },
    {
      id: 'incremental',
      label: 'Incremental units',
      value: estimated ? inUnits(base.incremental) : null,
      unit: 'units',
      note: estimated
        ? `An estimate; standard error ${formatUnit('count', inUnits(base.error.incremental))}.`
        : 'An estimate.',
    },
    {
      id: 'lift',
      label: 'Lift',
      value: estimated ? base.lift : null,
      unit: 'percent',
      note: `In promoted weeks${estimated ? `; standard error ${formatUnit('points', base.error.lift)}` : ''}.`,
    },
  ];
}

const weekTable = (base: Baseline, weeks: Weeks): AnalysisTable => ({
  id: 'weeks',
  title: 'Units and their base by week',
  columns: [
    { id: 'week', label: 'Week', unit: 'text' },
    { id: 'units', label: 'Units', unit: 'units' },
    { id: 'base', label: 'Base', unit: 'units' },
    { id: 'incremental', label: 'Incremental', unit: 'units' },
  ],
  rows: base.weeks.map((one) => [
    weeks.startsAt(one.week),
    inUnits(one.units),
    inUnits(one.base),
    inUnits(one.units - one.base),
  ]),
  ...(base.reason === null && {
    total: ['All weeks', inUnits(base.units), inUnits(base.base), inUnits(base.incremental)],
  }),
});

async function table(
  study: Study,
  id: 'brands' | 'products',
  label: 'Brand' | 'Product',
  list: readonly Found[],
): Promise<AnalysisTable> {
  const name = await study.names(
    { by: id === 'brands' ? 'brand' : 'product' },
    list.map(({ key }) => key),
  );
  return {
    id,
    title: `Promotion by ${label.toLowerCase()}`,
    columns: [
      { id, label, unit: 'text' },
      { id: 'promoted', label: 'Promoted sales', unit: 'money' },
      { id: 'value', label: 'On deal, value', unit: 'percent' },
      { id: 'units', label: 'On deal, units', unit: 'percent' },
      { id: 'volume', label: 'On deal, volume', unit: 'percent', note: 'Of what has a pack size, in kg or in l.' },
      { id: 'depth', label: 'Discount depth', unit: 'percent' },
      { id: 'base', label: 'Base units', unit: 'units' },
      { id: 'incremental', label: 'Incremental units', unit: 'units' },
      { id: 'error', label: 'Its standard error', unit: 'units' },
      { id: 'lift', label: 'Lift', unit: 'percent' },
      { id: 'liftError', label: 'Its error', unit: 'points' },
    ],
    rows: list.map(({ key, deals, base }) => {
      const { promoted, all } = sumsOf(deals);
      const { value, units, volume } = onDeal(promoted, all);
      const { depth } = discountDepth(deals.itemStores);
      const { incremental, error, lift } = base;
      const estimated = base.reason === null;
      return [
        name(key),
        study.money(deals.promotedAmount),
        value,
        units,
        volume,
        depth,
        base.units === 0n ? null : inUnits(base.base),
        ...(estimated
          ? [inUnits(incremental), inUnits(error.incremental), lift, error.lift]
          : [null, null, null, null]),
      ];
    }),
  };
}

function notesOf(study: Study, { base, deals, sparse }: Found): string[] {
  const notes = [
    ...(base.reason === 'noPromotions'
      ? [
          sparse === 0
            ? 'Nothing of the slice was promoted in a whole week of the dates.'
            : 'Nothing that sells often enough for a base was promoted in a whole week of the dates.',
        ]
      : []),
    ...(base.reason === 'tooFewRegularWeeks'
      ? ['No promoted product has 4 weeks without promotion in a store, so there is no base.']
      : []),
    'An estimate: the base of a promoted week is the mean of the 8 nearest weeks that were not promoted, by product and store; it knows no season sharper than that, nor stocking up.',
    'Weeks that the dates cut are in what is on deal, not in base and incremental.',
  ];
  const part = (milli: number): string => formatUnit('percent', divide(inUnits(milli), inUnits(deals.units), 100));
  if (sparse !== 0) {
    notes.push(
      `Left out of the base: ${part(sparse)} of units, of products that sell in fewer than 9 of 10 weeks in the stores of a channel. Where promoted weeks pass without a sale, lift comes out too high.`,
    );
  }
  if (base.leftOut !== 0n) {
    notes.push(
      `Left out of the base, with fewer than 4 regular weeks in a store: ${part(Number(base.leftOut))} of units.`,
    );
  }
  if (study.slice.promotion !== null) notes.push('The filter of promotions is left out: a base needs the other sales.');
  return notes;
}
