import 'server-only';
import { group } from 'd3-array';
import { distribution as distribute, type ActiveStore, type ItemInStores } from '@/lib/analyses/distribution';
import { lengthOf } from '@/lib/metrics/periods';
import type { Items } from '@/lib/query/join-items';
import type { Findings, Study } from './study';

/** What was sold of a brand or a product. */
interface Sold {
  amount: number;
  /** By store, in how many weeks. */
  weeks: ReadonlyMap<number, number>;
  items: ItemInStores[];
}

export async function distribution(study: Study): Promise<Findings> {
  const { tree } = study.resolved;
  const cut = { ...study.market, key: { by: 'none' as const } };
  // What stores sell weighs them, whatever the price: a filter of promotions changes no base.
  const base = { ...cut, promotion: null };
  const columns = ['purchases', 'amount'] as const;
  const products = await study.items('Products by store', cut, study.range, columns);
  const market = byStore(await study.items('The market by store', base, study.range, columns, true));
  const all = byStore(
    await study.items('All commodities by store', { ...base, nodes: [tree.root] }, study.range, columns, true),
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
  const known = await study.products(products.map(({ product }) => product));
  const focused = products.filter(({ product }) => {
    const brand = known.get(product)?.brand;
    return brand !== undefined && study.isFocus(String(brand));
  });
  const isUnspecified = ({ product }: Items): boolean => known.get(product)!.unspecified;
  const brands = new Map(
    [...group(focused, ({ product }) => known.get(product)!.brand)].map(([brand, items]) => [
      brand,
      addItems(items, isUnspecified),
    ]),
  );
  // Of one brand its products too, without what stands for lines that name no product.
  const ofOne = new Map(
    study.slice.brands?.length === 1
      ? focused.filter((item) => !isUnspecified(item)).map((item) => [item.product, addItems([item], () => false)])
      : [],
  );
  const weeks = lengthOf(study.range) / 7;
  const rowsOf = async (by: 'brand' | 'product', sold: ReadonlyMap<number, Sold>) => {
    const name = await study.names({ by }, [...sold.keys()].map(String));
    return [...sold]
      .sort(([a], [b]) => a - b)
      .map(([id, brand]) => {
        const stores = selling.map(({ store, allSales, marketSales }): ActiveStore => ({
          store,
          allSales,
          marketSales,
          sellingWeeks: brand.weeks.get(store) ?? 0,
        }));
        const found = distribute(stores, brand.items, { amount: brand.amount, weeks, elsewhere });
        const money = (minor: number | null): number | null => (minor === null ? null : study.money(minor));
        const { velocity } = found;
        return [
          name(String(id)),
          found.storesSelling,
          found.numeric,
          found.weighted,
          found.categoryWeighted,
          found.tdp,
          found.itemsCarried,
          money(velocity.perStoreWeek),
          money(velocity.perSellingWeek),
          money(velocity.perPoint),
        ];
      })
      .sort((a, b) => Number(b[3]) - Number(a[3]));
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
        rows: await rowsOf('brand', brands),
      },
      ...(ofOne.size === 0
        ? []
        : [
            {
              id: 'products',
              title: 'Distribution by product',
              columns: columnsOf('product', 'Product'),
              rows: await rowsOf('product', ofOne),
            },
          ]),
    ],
    chart: { kind: 'bars', table: 'brands', x: 'brand', y: ['numeric', 'weighted'] },
    notes: ['A store sells a brand that it sold at least once in the period. Lines without a store are left out.'],
  };
}

function byStore(read: readonly Items[]): Map<number, { amount: number; sold: boolean }> {
  const stores: { amount: number; sold: boolean }[] = [];
  for (const { store, amount, purchases } of read) {
    for (let at = 0; at < store.length; at++) {
      const sums = (stores[store[at]!] ??= { amount: 0, sold: false });
      sums.amount += amount[at]!;
      if (purchases[at]! > 0) sums.sold = true;
    }
  }
  return new Map(stores.flatMap((sums, store) => (sums ? [[store, sums] as const] : [])));
}

/** Weeks count from the first day of the dates. Lines without a store are left out. */
function addItems(items: readonly Items[], isUnspecified: (item: Items) => boolean): Sold {
  let [first, last, lastDay] = [Infinity, 0, 0];
  for (const { store, day } of items) {
    for (let at = 0; at < store.length; at++) {
      const id = store[at]!;
      if (id > last) last = id;
      if (id !== 0 && id < first) first = id;
      if (day[at]! > lastDay) lastDay = day[at]!;
    }
  }
  const weeks = Math.floor(lastDay / 7) + 1;
  const stores = Math.max(0, last - first + 1);
  const sold = new Uint8Array(stores * weeks);
  const weeksOf = new Map<number, number>();
  let sum = 0;
  const itemStores = items.map((item): ItemInStores => {
    const { product, store, day, amount, purchases } = item;
    const met = new Uint8Array(stores);
    for (let at = 0; at < store.length; at++) {
      const id = store[at]!;
      if (id === 0) continue;
      sum += amount[at]!;
      if (purchases[at] === 0) continue;
      met[id - first] = 1;
      const cell = (id - first) * weeks + ((day[at]! / 7) | 0);
      if (sold[cell] === 1) continue;
      sold[cell] = 1;
      weeksOf.set(id, (weeksOf.get(id) ?? 0) + 1);
    }
    const found: number[] = [];
    if (!isUnspecified(item)) met.forEach((one, id) => one === 1 && found.push(first + id));
    return { item: product, stores: found };
  });
  return { amount: sum, weeks: weeksOf, items: itemStores };
}
