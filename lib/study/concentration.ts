import 'server-only';
import { quotient, total } from '@/lib/analyses/amounts';
import { concentration as concentrate } from '@/lib/analyses/concentration';
import type { Findings, Study } from './study';

export async function concentration(study: Study): Promise<Findings> {
  const key = { by: 'brand' as const };
  const leaves = await study.leaves('Brands of the market', { ...study.market, key }, study.range, ['sums']);
  const brands = [...leaves]
    .map(([brand, { sums }]) => ({ brand, amount: study.minor(sums.amount) }))
    .sort((a, b) => Number(b.amount - a.amount) || Number(a.brand) - Number(b.brand));
  const name = await study.names(
    key,
    brands.map(({ brand }) => brand),
  );
  const { hhi, top } = concentrate(brands.map(({ amount }) => amount));
  const market = total(brands.map(({ amount }) => amount));
  let together = 0n;
  return {
    figures: [
      { id: 'hhi', label: 'Herfindahl index', value: hhi, unit: 'index', note: '10,000: one brand has all.' },
      ...top.map(({ k, share }) => ({
        id: `top${k}`,
        label: k === 1 ? 'Share of the largest' : `Share of the ${k} largest`,
        value: share,
        unit: 'percent' as const,
      })),
    ],
    tables: [
      {
        id: 'brands',
        title: 'Brands by size',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'sales', label: 'Value sales', unit: 'money' },
          { id: 'share', label: 'Value share', unit: 'percent' },
          { id: 'together', label: 'Share with all larger', unit: 'percent' },
        ],
        rows: brands.map(({ brand, amount }) => {
          together += amount;
          return [name(brand), study.money(amount), quotient(amount, market, 100), quotient(together, market, 100)];
        }),
      },
    ],
    chart: { kind: 'bars', table: 'brands', x: 'brand', y: ['share'] },
    notes: [],
  };
}
