import 'server-only';
import { extent, group } from 'd3-array';
import { distribution as distribute, type ActiveStore, type ItemInStores } from '@/lib/analyses/distribution';
import { lengthOf } from '@/lib/metrics/periods';
import { sizeOf, type ItemMonth } from '@/lib/query/join-items';
import { linesSpec } from '@/lib/contract/drill';
import { marketFilters } from './market-filters';
import type { Findings, Study } from './study';

/** What was sold of a brand or a product. */
interface Sold {
  amount: number;
  /** In how many weeks, by store from the first of the grid. */
  weeks: Uint16Array;
  items: ItemInStores[];
}

/** Columns that open the lines in stores, which stores, weeks and sales are counted of. */
const opening = ['stores', 'tdp', 'items', 'perStoreWeek', 'perSellingWeek', 'perPoint'] as const;

type Item = [product: number, months: ItemMonth[]];

export async function distribution(study: Study): Promise<Findings> {
  const { tree } = study.resolved;
  const cut = { ...study.market, key: { by: 'none' as const } };
  // What stores sell weighs them, whatever the price: a filter of promotions changes no base.
  const base = { ...cut, promotion: null };
  const columns = ['purchases', 'amount'] as const;
  const products = await study.itemMonths('Products by store', cut, study.range, columns);
  const market = byStore(await study.itemMonths('The market by store', base, study.range, columns, true));
  const all = byStore(
    await study.itemMonths('All commodities by store', { ...base, nodes: [tree.root] }, study.range, columns, true),
  );
  const active = [...market].filter(([store, { sold }]) => store !== 0 && sold).map(([store]) => store);
  const selling = active.map((store) => ({
    store,
    allSales: all.get(store)?.amount ?? 0,
    marketSales: market.get(store)?.amount ?? 0,
  }));
  const isActive = new Set(active);
  const elsewhere = [...all].reduce(
    (sum, [store, { amount }]) => (store === 0 || isActive.has(store) ? sum : sum + amount),
    0,
  );
  const items = [...group(products, ({ product }) => product)];
  const known = await study.products(items.map(([product]) => product));
  const focused = items.filter(([product]) => {
    const brand = known.get(product)?.brand;
    return brand !== undefined && study.isFocus(String(brand));
  });
  const isUnspecified = ([product]: Item): boolean => known.get(product)!.unspecified;
  const grid = gridOf(market.keys(), lengthOf(study.range));
  const brands = new Map(
    [...group(focused, ([product]) => known.get(product)!.brand)].map(([brand, of]) => [
      brand,
      addItems(of, grid, isUnspecified),
    ]),
  );
  // Of one brand its products too, without what stands for lines that name no product.
  const ofOne = new Map(
    study.slice.brands?.length === 1
      ? focused.filter((item) => !isUnspecified(item)).map((item) => [item[0], addItems([item], grid, () => false)])
      : [],
  );
  const weeks = lengthOf(study.range) / 7;
  const rowsOf = async (by: 'brand' | 'product', sold: ReadonlyMap<number, Sold>) => {
    const name = await study.names({ by }, [...sold.keys()].map(String));
    const filters = marketFilters(study);
    const { from, to } = study.spec;
    const found = [...sold]
      .sort(([a], [b]) => a - b)
      .map(([id, brand]) => {
        const stores = selling.map(({ store, allSales, marketSales }): ActiveStore => ({
          store,
          allSales,
          marketSales,
          sellingWeeks: brand.weeks[store - grid.first] ?? 0,
        }));
        const is = distribute(stores, brand.items, { amount: brand.amount, weeks, elsewhere });
        const money = (minor: number | null): number | null => (minor === null ? null : study.money(minor));
        const { velocity } = is;
        const cells = [
          name(String(id)),
          is.storesSelling,
          is.numeric,
          is.weighted,
          is.categoryWeighted,
          is.tdp,
          is.itemsCarried,
          money(velocity.perStoreWeek),
          money(velocity.perSellingWeek),
          money(velocity.perPoint),
        ];
        return { id, cells };
      })
      .sort((a, b) => Number(b.cells[3]) - Number(a.cells[3]));
    const linesOf = (id: number) =>
      linesSpec.parse({ from, to, filters: { ...filters, [by]: [id] }, only: 'in_store' });
    return {
      rows: found.map(({ cells }) => cells),
      ...(filters && { lines: { columns: [...opening], of: found.map(({ id }) => linesOf(id)) } }),
    };
  };
  const columnsOf = (id: 'brand' | 'product', label: string): Findings['tables'][number]['columns'] => [
    { id, label, unit: 'text' },
    { id: 'stores', label: 'Stores', unit: 'count' },
    { id: 'numeric', label: 'Numeric', unit: 'percent' },
    { id: 'weighted', label: 'Weighted, %ACV', unit: 'percent' },
    { id: 'categoryWeighted', label: 'Weighted, CWD', unit: 'percent' },
    { id: 'tdp', label: 'TDP', unit: 'ratio' },
    { id: 'items', label: 'Items carried', unit: 'ratio' },
    { id: 'perStoreWeek', label: 'Sales per store and week', unit: 'moneyPerUnit' },
    { id: 'perSellingWeek', label: 'Per week with a sale', unit: 'moneyPerUnit' },
    { id: 'perPoint', label: 'Per point', unit: 'moneyPerUnit' },
  ];
  return {
    figures: [
      {
        id: 'stores',
        label: 'Active stores',
        value: active.length,
        unit: 'count',
        note: 'They sold anything of the market.',
      },
    ],
    tables: [
      {
        id: 'brands',
        title: 'Distribution by brand',
        columns: columnsOf('brand', 'Brand'),
        ...(await rowsOf('brand', brands)),
      },
      ...(ofOne.size === 0
        ? []
        : [
            {
              id: 'products',
              title: 'Distribution by product',
              columns: columnsOf('product', 'Product'),
              ...(await rowsOf('product', ofOne)),
            },
          ]),
    ],
    chart: { kind: 'bars', table: 'brands', x: 'brand', y: ['numeric', 'weighted'] },
    notes: ['A store sells a brand that it sold at least once in the period. Lines without a store are left out.'],
  };
}

function byStore(months: readonly ItemMonth[]): Map<number, { amount: number; sold: boolean }> {
  const found: { amount: number; sold: boolean }[] = [];
  for (const month of months) {
    const { from, at, lists } = month;
    const { stores, amount, purchases } = lists;
    const size = sizeOf(month);
    for (let entry = 0; entry < size; entry++) {
      const place = at ? at[entry]! : from + entry;
      const sums = (found[stores[place]!] ??= { amount: 0, sold: false });
      sums.amount += amount![place]!;
      if (purchases![place]! > 0) sums.sold = true;
    }
  }
  return new Map(found.flatMap((sums, store) => (sums ? [[store, sums] as const] : [])));
}

/** Stores of the market from the first to the last of their ids, each with so many weeks from the first day of the dates. */
interface Grid {
  first: number;
  stores: number;
  weeks: number;
}

function gridOf(stores: Iterable<number>, days: number): Grid {
  const ids = [...stores].filter((id) => id !== 0);
  const [first = 0, last = -1] = extent(ids);
  return { first, stores: last - first + 1, weeks: Math.ceil(days / 7) };
}

/** Lines without a store are left out. */
function addItems(items: readonly Item[], grid: Grid, isUnspecified: (item: Item) => boolean): Sold {
  const sold = new Uint8Array(grid.stores * grid.weeks);
  let amount = 0;
  const itemStores: ItemInStores[] = [];
  for (const item of items) {
    const met = new Uint8Array(grid.stores);
    for (const month of item[1]) amount += addMonth(month, grid, sold, met);
    const found: number[] = [];
    for (let at = 0; at < met.length; at++) if (met[at] === 1) found.push(grid.first + at);
    itemStores.push({ item: item[0], stores: isUnspecified(item) ? [] : found });
  }
  const weeks = new Uint16Array(grid.stores);
  for (let cell = 0; cell < sold.length; cell++) weeks[Math.floor(cell / grid.weeks)]! += sold[cell]!;
  return { amount, weeks, items: itemStores };
}

/** Marks where and when there was a purchase: in stores and weeks, and in stores. Answers for how much was sold. */
function addMonth(month: ItemMonth, { first, weeks }: Grid, sold: Uint8Array, met: Uint8Array): number {
  const { from, at, shift, lists } = month;
  const { days, stores, amount, purchases } = lists;
  const size = sizeOf(month);
  let sum = 0;
  for (let entry = 0; entry < size; entry++) {
    const place = at ? at[entry]! : from + entry;
    const id = stores[place]!;
    if (id === 0) continue;
    sum += amount![place]!;
    if (purchases![place] === 0) continue;
    met[id - first] = 1;
    sold[(id - first) * weeks + (((days[place]! + shift) / 7) | 0)] = 1;
  }
  return sum;
}
