import 'server-only';
import { distribution as distribute, type ActiveStore } from '@/lib/analyses/distribution';
import { lengthOf } from '@/lib/metrics/periods';
import type { Items } from '@/lib/query/join-items';
import type { Findings, Study } from './study';

/** What was sold of a brand or a product. */
interface Sold {
  amount: number;
  weeks: Map<number, Set<number>>;
  items: { item: number; store: number }[];
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
  const isActive = new Set(active);
  const elsewhere = [...all].reduce(
    (sum, [store, { amount }]) => (store === 0 || isActive.has(store) ? sum : sum + amount),
    0,
  );
  const known = await study.products(products.map(({ product }) => product));
  const brands = new Map<number, Sold>();
  // Of one brand its products too, without what stands for lines that name no product.
  const ofOne = new Map<number, Sold>();
  for (const item of products) {
    const product = known.get(item.product);
    if (!product || !study.isFocus(String(product.brand))) continue;
    const brand = brands.get(product.brand) ?? nothing();
    brands.set(product.brand, brand);
    addItem(brand, item, product.unspecified);
    if (product.unspecified || study.slice.brands?.length !== 1) continue;
    const own = nothing();
    addItem(own, item, false);
    ofOne.set(item.product, own);
  }
  const weeks = lengthOf(study.range) / 7;
  const rowsOf = async (by: 'brand' | 'product', sold: ReadonlyMap<number, Sold>) => {
    const name = await study.names({ by }, [...sold.keys()].map(String));
    return [...sold]
      .sort(([a], [b]) => a - b)
      .map(([id, brand]) => {
        const stores = active.map((store): ActiveStore => ({
          store,
          allSales: BigInt(all.get(store)?.amount ?? 0),
          marketSales: BigInt(market.get(store)?.amount ?? 0),
          sellingWeeks: brand.weeks.get(store)?.size ?? 0,
        }));
        const found = distribute(stores, brand.items, {
          amount: BigInt(brand.amount),
          weeks,
          elsewhere: BigInt(elsewhere),
        });
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

const nothing = (): Sold => ({ amount: 0, weeks: new Map(), items: [] });

function byStore(read: readonly Items[]): Map<number, { amount: number; sold: boolean }> {
  const stores = new Map<number, { amount: number; sold: boolean }>();
  for (const { store, amount, purchases } of read) {
    store.forEach((id, at) => {
      const sums = stores.get(id) ?? { amount: 0, sold: false };
      stores.set(id, sums);
      sums.amount += amount[at] ?? 0;
      sums.sold ||= (purchases[at] ?? 0) > 0;
    });
  }
  return stores;
}

/** Weeks count from the first day of the dates. Entries come in the order of days, so that a week of a store is met in one run. */
function addItem(brand: Sold, { product, store, day, amount, purchases }: Items, unspecified: boolean): void {
  const latest = new Int32Array(store.reduce((most, id) => Math.max(most, id), 0) + 1).fill(-1);
  for (let at = 0; at < store.length; at++) {
    const id = store[at]!;
    if (id === 0) continue;
    brand.amount += amount[at] ?? 0;
    const week = Math.floor((day[at] ?? 0) / 7);
    if (!purchases[at] || latest[id] === week) continue;
    if (latest[id] === -1 && !unspecified) brand.items.push({ item: product, store: id });
    latest[id] = week;
    const weeks = brand.weeks.get(id);
    if (weeks) weeks.add(week);
    else brand.weeks.set(id, new Set([week]));
  }
}
