import 'server-only';
import { switching as decompose, type ShopperBrands } from '@/lib/analyses/switching';
import type { Spend, SpendColumn } from '@/lib/query/read-spend';
import { measureOf } from './measure';
import type { Findings, Study } from './study';

const others = 'All other brands';

export async function switching(study: Study): Promise<Findings> {
  const { top = 10 } = study.spec;
  const { column, unit, show } = measureOf(study);
  const cut = { ...study.market, key: { by: 'brand' as const } };
  const before = await study.spend('Brands by shopper, before', cut, study.before, [column]);
  const after = await study.spend('Brands by shopper, now', cut, study.range, [column]);
  const { brands, place } = ranked([...before, ...after], column, top, study);
  const named = await study.names(cut.key, brands);
  const rest = new Set([...before, ...after].map(({ key }) => key)).size > brands.length;
  const labels = [...brands.map(named), ...(rest ? [others] : [])];
  const { brands: parts, flows } = decompose(rowsOf(before, after, column, place, labels.length), labels.length);
  const amounts = [
    'change',
    'newToMarket',
    'lostFromMarket',
    'switchedIn',
    'switchedOut',
    'increase',
    'decrease',
  ] as const;
  const losses = new Set<(typeof amounts)[number]>(['lostFromMarket', 'switchedOut', 'decrease']);
  const headings = {
    change: 'Change',
    newToMarket: 'New to the market',
    lostFromMarket: 'Left the market',
    switchedIn: 'Switched in',
    switchedOut: 'Switched out',
    increase: 'Bought more',
    decrease: 'Bought less',
  };
  return {
    figures: [],
    tables: [
      {
        id: 'brands',
        title: 'Where each brand’s change came from',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          ...amounts.map((id) => ({ id, label: headings[id], unit })),
        ],
        rows: parts.map((part, at) => [
          labels[at] ?? others,
          ...amounts.map((id) => (losses.has(id) ? 0 - show(part[id]) : show(part[id]))),
        ]),
      },
      {
        id: 'flows',
        title: 'Flows between brands',
        columns: [
          { id: 'from', label: 'From', unit: 'text' },
          { id: 'to', label: 'To', unit: 'text' },
          { id: 'amount', label: 'Switched', unit },
        ],
        rows: flows.map(({ from, to, amount }) => [labels[from] ?? others, labels[to] ?? others, show(amount)]),
      },
    ],
    chart: { kind: 'heat', table: 'flows', x: 'to', y: ['from', 'amount'] },
    notes: ['Of identified sales: who bought an anonymous line is not known.'],
  };
}

/** The largest brands over both periods, those asked about before all others; the rest share one place. */
function ranked(spends: readonly Spend[], column: SpendColumn, top: number, study: Study) {
  const totals = new Map<string | null, number>();
  for (const spend of spends) {
    const sum = spend[column].reduce((all, one) => all + one, 0);
    totals.set(spend.key, (totals.get(spend.key) ?? 0) + sum);
  }
  const asked = (key: string | null): number => Number(study.slice.brands !== null && study.isFocus(key));
  const brands = [...totals.keys()]
    .sort((a, b) => asked(b) - asked(a) || (totals.get(b) ?? 0) - (totals.get(a) ?? 0))
    .slice(0, top);
  const places = new Map(brands.map((brand, at) => [brand, at]));
  return { brands, place: (key: string | null): number => places.get(key) ?? brands.length };
}

/** A row a shopper and place: brands that share a place are added up, so that nothing flows among them. */
function rowsOf(
  before: readonly Spend[],
  after: readonly Spend[],
  column: SpendColumn,
  place: (key: string | null) => number,
  places: number,
): ShopperBrands {
  const all = [...before, ...after];
  const entries = all.reduce((sum, { shoppers }) => sum + shoppers.length, 0);
  const size = all.reduce((most, { shoppers }) => Math.max(most, shoppers.at(-1) ?? 0), 0) + 1;
  const rows = {
    shopper: new Int32Array(entries),
    brand: new Int32Array(entries),
    before: new Float64Array(entries),
    after: new Float64Array(entries),
  };
  const spent = { before: new Float64Array(size), after: new Float64Array(size) };
  const met = new Uint8Array(size);
  let count = 0;
  for (let brand = 0; brand < places; brand++) {
    const first = count;
    for (const [period, spends] of [
      ['before', before],
      ['after', after],
    ] as const) {
      for (const spend of spends.filter(({ key }) => place(key) === brand)) {
        for (let at = 0; at < spend.shoppers.length; at++) {
          const shopper = spend.shoppers[at]!;
          spent[period][shopper]! += spend[column][at]!;
          if (met[shopper] === 1) continue;
          met[shopper] = 1;
          rows.shopper[count++] = shopper;
        }
      }
    }
    for (let row = first; row < count; row++) {
      const shopper = rows.shopper[row]!;
      rows.brand[row] = brand;
      for (const period of ['before', 'after'] as const) {
        rows[period][row] = spent[period][shopper]!;
        spent[period][shopper] = 0;
      }
      met[shopper] = 0;
    }
  }
  return {
    shopper: rows.shopper.subarray(0, count),
    brand: rows.brand.subarray(0, count),
    before: rows.before.subarray(0, count),
    after: rows.after.subarray(0, count),
  };
}
