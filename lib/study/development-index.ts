import 'server-only';
import { developmentIndex as indexOf } from '@/lib/analyses/development-index';
import { quotient } from '@/lib/analyses/amounts';
import { noLeaves } from '@/lib/metrics/compute';
import { placeKey, placeLabels } from './places';
import type { Findings, Study } from './study';

export async function developmentIndex(study: Study): Promise<Findings> {
  const { by = 'region', top = 10 } = study.spec;
  const { nodes } = study.market;
  const key = placeKey(by, study, study.resolved.tree);
  const byBrand = { by: 'brand' as const };
  const sold = await study.leaves('Brands', { ...study.market, key: byBrand }, study.range, ['sums']);
  const places = await study.leaves('The market by place', { ...study.market, key }, study.range, ['sums']);
  const focus = [...sold]
    .filter(([brand]) => study.isFocus(brand))
    .sort(([a, first], [b, second]) => second.sums.amount - first.sums.amount || Number(a) - Number(b));
  const brands = focus.slice(0, top);
  const whole = study.minor(
    (await study.leaves('The market', { ...study.market, key: { by: 'none' } }, study.range, ['sums'])).get(null)?.sums
      .amount ?? 0,
  );
  const name = await study.names(
    byBrand,
    brands.map(([brand]) => brand),
  );
  const order = [...places].sort(([a], [b]) => Number(a) - Number(b));
  const placeName = await study.names(key, [...places.keys()]);
  const rows: Findings['tables'][number]['rows'] = [];
  for (const [brand, { sums }] of brands) {
    const cut = { ...study.market, nodes, key, brands: [Number(brand)] };
    const there = await study.leaves(name(brand), cut, study.range, ['sums']);
    const all = study.minor(sums.amount);
    for (const [place, market] of order) {
      const mine = study.minor((there.get(place) ?? noLeaves).sums.amount);
      const theirs = study.minor(market.sums.amount);
      rows.push([
        name(brand),
        placeName(place),
        study.money(mine),
        quotient(mine, all, 100),
        quotient(theirs, whole, 100),
        indexOf({ brandInSlice: mine, brand: all, marketInSlice: theirs, market: whole }),
      ]);
    }
  }
  return {
    figures: [],
    tables: [
      {
        id: 'places',
        title: `Development index by ${by}`,
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'place', label: placeLabels[by], unit: 'text' },
          { id: 'sales', label: 'Value sales', unit: 'money' },
          { id: 'ofBrand', label: 'Of the brand', unit: 'percent' },
          { id: 'ofMarket', label: 'Of the market', unit: 'percent' },
          { id: 'index', label: 'Index', unit: 'index', note: '100: as strong as in the market as a whole.' },
        ],
        rows,
      },
    ],
    chart: { kind: 'heat', table: 'places', x: 'place', y: ['brand', 'index'] },
    notes: focus.length > brands.length ? [`The ${top} largest of ${focus.length} brands.`] : [],
  };
}
