import 'server-only';
import { divide } from '@/lib/metrics/compute';
import type { Spend } from '@/lib/query/add-spend';
import type { SpendColumn } from '@/lib/query/read-spend';
import { measureOf } from './measure';
import { narrow } from '@/lib/query/cut';
import { those } from './opens';
import type { Findings, Study } from './study';

/** By shopper number: what they spent in the market, and of how many brands they are buyers. */
interface Market {
  spent: Float64Array;
  brands: Uint16Array;
  buyers: number;
  total: number;
}

export async function loyalty(study: Study): Promise<Findings> {
  const { column } = measureOf(study);
  const hasTrips = study.resolved.facts.has.basket;
  const columns: SpendColumn[] = [column, 'purchases', ...(hasTrips ? (['trips'] as const) : [])];
  const [whole] = await study.spend('The market, by shopper', study.market, study.range, [column, 'purchases']);
  const brandCut = { ...study.market, key: { by: 'brand' as const } };
  const brands = await study.spend('Brands, by shopper', brandCut, study.range, columns);
  const market = marketOf(whole, brands, column);
  const base = study.market.promotion === null ? market.buyers : await study.marketBuyers();
  const shown = brands.filter(({ key }) => study.isFocus(key));
  const name = await study.names(
    brandCut.key,
    shown.map(({ key }) => key),
  );
  const lines = shown
    .map((spend) => ({ spend, row: rowOf(name(spend.key), spend, { column, market, base, hasTrips }) }))
    .filter(({ row: [, buyers] }) => Number(buyers) > 0)
    .sort((a, b) => Number(b.row[1]) - Number(a.row[1]));
  const rows = lines.map(({ row }) => row);
  const who = (fits: (spend: Spend, at: number) => boolean) => (row: number) => {
    const { spend } = lines[row]!;
    const found = spend.shoppers.filter((_, at) => spend.purchases[at]! > 0 && fits(spend, at));
    return those(found, narrow(brandCut, [spend.key]), study.range);
  };
  const { lowBase } = study.resolved.facts;
  const low = rows.filter(([, buyers]) => Number(buyers) < lowBase).length;
  return {
    figures: [{ id: 'buyers', label: 'Buyers of the market', value: base, unit: 'count' }],
    tables: [
      {
        id: 'brands',
        title: 'Loyalty by brand',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'buyers', label: 'Buyers', unit: 'count' },
          { id: 'penetration', label: 'Relative penetration', unit: 'percent' },
          { id: 'repeat', label: 'Repeat rate', unit: 'percent', note: 'On 2 or more trips in the period.' },
          { id: 'sole', label: 'Sole buyers', unit: 'percent', note: 'Bought no other brand of the market.' },
          { id: 'requirements', label: 'Share of requirements', unit: 'percent' },
          { id: 'heavyUsage', label: 'Heavy-usage index', unit: 'index' },
        ],
        rows,
      },
    ],
    chart: { kind: 'points', table: 'brands', x: 'penetration', y: ['requirements'] },
    notes: [
      ...(hasTrips ? [] : ['No line carries a receipt, so trips, and the repeat rate, are not known.']),
      ...(low > 0 ? [`Low base: ${low} ${low === 1 ? 'brand has' : 'brands have'} fewer than ${lowBase} buyers.`] : []),
    ],
    opens: {
      figures: {
        buyers: () => study.openMarketBuyers(),
      },
      tables: {
        brands: {
          columns: {
            buyers: who(() => true),
            repeat: who((spend, at) => spend.trips[at]! >= 2),
            sole: who((spend, at) => market.brands[spend.shoppers[at]!] === 1),
          },
        },
      },
    },
  };
}

function marketOf(whole: Spend | undefined, brands: readonly Spend[], column: SpendColumn): Market {
  const size = (whole?.shoppers.at(-1) ?? 0) + 1;
  const market: Market = { spent: new Float64Array(size), brands: new Uint16Array(size), buyers: 0, total: 0 };
  whole?.shoppers.forEach((shopper, at) => {
    market.spent[shopper] = whole[column][at] ?? 0;
    if (!whole.purchases[at]) return;
    market.buyers += 1;
    market.total += whole[column][at] ?? 0;
  });
  for (const { shoppers, purchases } of brands) {
    shoppers.forEach((shopper, at) => {
      if (purchases[at]) market.brands[shopper] = (market.brands[shopper] ?? 0) + 1;
    });
  }
  return market;
}

interface Against {
  column: SpendColumn;
  market: Market;
  /** Buyers of the market at any price. */
  base: number;
  hasTrips: boolean;
}

function rowOf(name: string, spend: Spend, { column, market, base, hasTrips }: Against) {
  let [buyers, sole, repeat, mine, theirs] = [0, 0, 0, 0, 0];
  spend.shoppers.forEach((shopper, at) => {
    if (!spend.purchases[at]) return;
    buyers += 1;
    mine += spend[column][at] ?? 0;
    theirs += market.spent[shopper] ?? 0;
    if (market.brands[shopper] === 1) sole += 1;
    if ((spend.trips[at] ?? 0) >= 2) repeat += 1;
  });
  return [
    name,
    buyers,
    divide(buyers, base, 100),
    hasTrips ? divide(repeat, buyers, 100) : null,
    divide(sole, buyers, 100),
    divide(mine, theirs, 100),
    divide(divide(theirs, buyers), divide(market.total, market.buyers), 100),
  ];
}
