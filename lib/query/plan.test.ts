import { describe, expect, it } from 'vitest';
import type { Chosen } from './chosen';
import type { Cut, Family } from './cut';
import type { Facts } from './facts';
import { because } from './explain';
import { plan, reach, type Ground } from './plan';
import { rejections } from './rejections';
import { growTree } from './tree';
import { plainCalendar } from '@/lib/metrics/calendar';

// All → Drinks → Coffee, Juice; All → Food.
const tree = growTree([
  { id: 1, parent_id: null, name: 'All', carries: false },
  { id: 2, parent_id: 1, name: 'Drinks', carries: true },
  { id: 3, parent_id: 1, name: 'Food', carries: true },
  { id: 4, parent_id: 2, name: 'Coffee', carries: true },
  { id: 5, parent_id: 2, name: 'Juice', carries: true },
]);
const facts: Facts = {
  workspaceId: 1,
  dataVersion: 1,
  currency: 'USD',
  currencyScale: 2,
  grain: 'receipt',
  basketsSpan: false,
  lowBase: 50,
  universe: null,
  regionUniverses: new Map(),
  calendar: plainCalendar,
  data: { from: '2020-01-01', to: '2029-12-31' },
  has: { shopper: true, basket: true, store: true, packSize: true, promotion: true },
  chunks: 1,
  manufacturersComplete: true,
};
const everything: Cut = {
  nodes: [1],
  manufacturers: null,
  brands: null,
  products: null,
  regions: null,
  channels: null,
  stores: null,
  promotion: null,
  attributes: [],
  key: { by: 'none' },
  grain: null,
};
const quarter = { from: '2024-01-01', to: '2024-03-31' };
const ragged = { from: '2024-01-10', to: '2024-03-20' };

function choose(family: Family, cut: Partial<Cut>, range = quarter, ground: Partial<Ground> & { span?: boolean } = {}) {
  const [step] = plan(
    { cut: { ...everything, ...cut }, range, families: new Set([family]) },
    {
      facts: { ...facts, basketsSpan: ground.span ?? false },
      tree,
      forceLines: ground.forceLines ?? false,
      fresh: false,
      shoppers: ground.shoppers ?? null,
      columns: ground.columns ?? ['lines', 'amount', 'basket_amount'],
    },
  );
  if (!step) throw new Error('nothing planned');
  return {
    sources: step.choice.parts.map((part) => part.source).join(' + '),
    rejected: step.choice.rejected,
    choice: step.choice,
  };
}
const sources = (family: Family, cut: Partial<Cut>, range = quarter): string => choose(family, cut, range).sources;

describe('the plan reads rollups', () => {
  it('takes whole months from months, and the days around them from days', () => {
    expect(sources('sums', {})).toBe('sales_month');
    expect(sources('sums', {}, ragged)).toBe('sales_month + sales_day');
    expect(sources('sums', {}, { from: '2024-01-10', to: '2024-01-20' })).toBe('sales_day');
    expect(sources('shoppers', { brands: [7, 8] }, ragged)).toBe('shopper_month + shopper_day');
    const { parts } = choose('sums', {}, ragged).choice;
    expect(parts.map((part) => part.spans)).toEqual([
      [{ from: '2024-02-01', to: '2024-02-29' }],
      [
        { from: '2024-01-10', to: '2024-01-31' },
        { from: '2024-03-01', to: '2024-03-20' },
      ],
    ]);
  });
  it('takes a last month that the data cuts as whole', () => {
    expect(sources('sums', {}, { from: '2019-05-05', to: '2030-02-02' })).toBe('sales_month');
    expect(reach({ from: '2030-01-01', to: '2030-02-01' }, facts.data)).toBeNull();
  });
  it.each(['day', 'week'] as const)('takes days for a grain of %s', (grain) => {
    expect(sources('sums', { grain })).toBe('sales_day');
    expect(sources('shoppers', { grain })).toBe('shopper_day');
  });
  it('takes the levels with places for regions and channels', () => {
    expect(sources('sums', { regions: [1] }, ragged)).toBe('sales_month_place + sales_day_place');
    expect(sources('trips', { key: { by: 'channel' } }, ragged)).toBe('sales_month_place + sales_day_place');
    expect(sources('trips', { regions: [1], grain: 'week' })).toBe('sales_day_place');
    expect(sources('sums', { regions: [1], brands: [7] })).toBe('sales_month_place');
    expect(sources('shoppers', { stores: [1] })).toBe('shopper_month_store');
    expect(sources('shoppers', { attributes: [{ of: 'store', name: 'format', values: ['big'] }] })).toBe(
      'shopper_month_store',
    );
  });
  it('takes the levels by product for products and their attributes', () => {
    expect(sources('sums', { products: [1, 2] })).toBe('sales_product_month');
    expect(sources('trips', { key: { by: 'product' } }, ragged)).toBe('sales_product_month + sales_product_day');
    expect(sources('trips', { products: [1], grain: 'week' })).toBe('sales_product_day');
  });
  it('takes what stores sold of products where value and units are enough', () => {
    const stored = (cut: Partial<Cut>, range = quarter) =>
      choose('sums', cut, range, { columns: ['lines', 'amount', 'identified_amount', 'promoted_units'] }).sources;
    expect(stored({ stores: [1] }, ragged)).toBe('item_month');
    expect(stored({ products: [1], regions: [1] })).toBe('item_month');
    expect(stored({ brands: [7], regions: [1] }, ragged)).toBe('sales_month_place + item_month');
    expect(stored({ brands: [7], regions: [1] })).toBe('sales_month_place');
    expect(stored({ products: [1] })).toBe('sales_product_month');
  });
  it('reads one brand, one manufacturer, or each of them for itself', () => {
    expect(sources('trips', { brands: [7] })).toBe('sales_month');
    expect(sources('trips', { manufacturers: [3], brands: [7, 8] })).toBe('sales_month');
    expect(sources('trips', { key: { by: 'brand' } })).toBe('sales_month');
    expect(sources('trips', { key: { by: 'manufacturer' } })).toBe('sales_month');
  });
  it('reads families of one source in one statement', () => {
    const steps = plan(
      { cut: everything, range: quarter, families: new Set<Family>(['sums', 'trips', 'shoppers']) },
      { facts, tree, forceLines: false, fresh: false, shoppers: null, columns: [] },
    );
    expect(steps.map((step) => step.families)).toEqual([['sums', 'trips'], ['shoppers']]);
  });
  it('reads nothing outside the data', () => {
    const range = { from: '2010-01-01', to: '2010-12-31' };
    expect(
      plan(
        { cut: everything, range, families: new Set<Family>(['sums']) },
        { facts, tree, forceLines: false, fresh: false, shoppers: null, columns: [] },
      ),
    ).toEqual([]);
  });
});

type Case = [
  keyof typeof rejections,
  Family,
  Partial<Cut>,
  { range?: typeof quarter; span?: true; forceLines?: true; shoppers?: Chosen; sources?: string }?,
];
const cases: Case[] = [
  ['forced', 'sums', {}, { forceLines: true }],
  ['promotion', 'sums', { promotion: 'promoted' }],
  ['promotion', 'shoppers', { key: { by: 'promotion' } }],
  ['shopper_attributes', 'sums', { key: { by: 'attribute', of: 'shopper', name: 'age' } }],
  ['shopper_group', 'trips', {}, { shoppers: { set: new Uint8Array() } }],
  ['shopper_group', 'sums', { grain: 'week' }, { shoppers: { set: new Uint8Array() } }],
  ['store', 'sums', { stores: [1] }],
  ['store', 'trips', { attributes: [{ of: 'store', name: 'format', values: ['big'] }] }],
  ['product_and_place', 'sums', { products: [1], regions: [1] }],
  ['product_shoppers', 'shoppers', { products: [1] }],
  ['own_products', 'sums', { key: { by: 'cells', cells: [{ key: '-2', nodes: [-2] }] } }],
  ['baskets_span', 'trips', {}, { span: true }],
  ['node_list', 'trips', { nodes: [3, 4] }],
  ['member_list', 'trips', { brands: [7, 8] }],
  ['product_list', 'trips', { products: [1, 2] }],
  ['place_days', 'trips', { brands: [7], regions: [1] }, { range: ragged, sources: 'sales_month_place + lines' }],
  ['place_days', 'sums', { brands: [7, 8], regions: [1] }, { range: ragged, sources: 'sales_month_place + lines' }],
  ['place_days', 'sums', { manufacturers: [3], brands: [7, 8], key: { by: 'region' }, grain: 'week' }],
  ['member_list', 'trips', { brands: [7, 8], regions: [1] }, { range: ragged }],
  ['place_day_shoppers', 'shoppers', { regions: [1] }, { range: ragged, sources: 'shopper_month_store + lines' }],
  ['place_grain', 'shoppers', { regions: [1], grain: 'week' }],
];

describe('the plan reads lines', () => {
  it.each(cases)('because of %s, for %s', (rejection, family, cut, given = {}) => {
    const chosen = choose(family, cut, given.range, given);
    expect(chosen.rejected).toEqual([rejection]);
    expect(chosen.sources).toBe(given.sources ?? 'lines');
    expect(because(chosen.choice)).toContain(rejections[rejection]);
  });
  it('has a case for each reason', () => {
    expect(new Set(cases.map(([rejection]) => rejection))).toEqual(new Set(Object.keys(rejections)));
  });
  it('counts the trips of manufacturers on lines where a brand has none', () => {
    const ground = {
      facts: { ...facts, manufacturersComplete: false },
      tree,
      forceLines: false,
      fresh: false,
      shoppers: null,
      columns: [],
    };
    const cut: Cut = { ...everything, key: { by: 'manufacturer' } };
    const steps = plan({ cut, range: quarter, families: new Set<Family>(['sums', 'trips']) }, ground);
    expect(steps.map((step) => step.choice.parts[0]?.source)).toEqual(['sales_month', 'lines']);
  });
});
