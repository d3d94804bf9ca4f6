import 'server-only';
import { dirichletNorm, type DirichletNorm } from '@/lib/analyses/dirichlet-norm';
import { doubleJeopardy as jeopardy, type BrandPurchases } from '@/lib/analyses/double-jeopardy';
import { divide } from '@/lib/metrics/compute';
import { narrow, type Cut } from '@/lib/query/cut';
import { count } from '@/lib/query/shopper-sets';
import { counted } from './opens';
import type { Findings, Study } from './study';

const reasons: Record<NonNullable<DirichletNorm['reason']>, string> = {
  nobodyBuys: 'nobody bought it',
  everybodyBuys: 'every shopper bought it, so nothing is known of who buys less',
  doesNotFit: 'its purchases do not fit the model',
};

const norm = 'By the NBD-Dirichlet, of a brand of its share of purchases.';

export async function doubleJeopardy(study: Study): Promise<Findings> {
  const { tree, facts } = study.resolved;
  const everything = { ...study.market, nodes: [tree.root], promotion: null };
  const [everybody] = await study.sets('All shoppers', everything, study.range);
  const shoppers = everybody ? count(everybody.set) : 0;
  // The root is no category of its own: its children are fitted, each by itself.
  const nodes = study.market.nodes.flatMap((node) => {
    const children = node === tree.root ? tree.children(node) : [];
    return children.length > 0 ? children : [node];
  });
  const categories = [];
  for (const node of nodes) categories.push(...(await fit(study, node, shoppers)));
  const rows = categories.flatMap(({ brands }) => brands);
  const cuts = categories.flatMap(({ cuts: some }) => some);
  const nobody = new Uint8Array();
  const low = rows.filter(([, , buyers]) => Number(buyers) < facts.lowBase).length;
  return {
    figures: [
      {
        id: 'shoppers',
        label: 'All shoppers',
        value: study.observed ? shoppers : null,
        unit: 'count',
        note: 'The base of all penetrations.',
      },
    ],
    tables: [
      {
        id: 'brands',
        title: 'Penetration and frequency by brand, beside what its size leads to expect',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          { id: 'category', label: 'Category', unit: 'text' },
          { id: 'buyers', label: 'Buyers', unit: 'count' },
          { id: 'penetration', label: 'Penetration', unit: 'percent', note: 'Buyers ÷ all shoppers (b).' },
          { id: 'expectedPenetration', label: 'Expected penetration', unit: 'percent', note: norm },
          { id: 'frequency', label: 'Frequency', unit: 'ratio', note: 'Trips, or purchases, per buyer (w).' },
          { id: 'expectedFrequency', label: 'Expected frequency', unit: 'ratio', note: norm },
          { id: 'normDeviation', label: 'Frequency against norm', unit: 'percent' },
          { id: 'constant', label: 'w(1 − b)', unit: 'ratio' },
          { id: 'deviation', label: 'Deviation of w(1 − b)', unit: 'percent', note: 'From that of all brands.' },
        ],
        rows,
      },
      {
        id: 'categories',
        title: 'What was fitted',
        columns: [
          { id: 'category', label: 'Category', unit: 'text' },
          { id: 'penetration', label: 'Penetration', unit: 'percent' },
          { id: 'frequency', label: 'Purchases per buyer', unit: 'ratio', note: 'Of all brands together.' },
          { id: 'constant', label: 'w(1 − b)', unit: 'ratio', note: 'About the same for all brands.' },
          { id: 'k', label: 'K', unit: 'ratio', note: 'How alike shoppers buy the category.' },
          { id: 's', label: 'S', unit: 'ratio', note: 'How alike shoppers choose among brands.' },
        ],
        rows: categories.map(({ fitted }) => fitted),
      },
    ],
    chart: { kind: 'points', table: 'brands', x: 'penetration', y: ['frequency', 'expectedFrequency'] },
    notes: [
      ...categories.flatMap(({ unfitted }) => unfitted),
      ...(facts.has.basket ? [] : ['No line carries a receipt, so purchases are counted in place of trips.']),
      ...(low > 0
        ? [`Low base: ${low} ${low === 1 ? 'brand has' : 'brands have'} fewer than ${facts.lowBase} buyers.`]
        : []),
    ],
    opens: {
      figures: { shoppers: () => counted(everybody?.set ?? nobody, everything, study.range) },
      tables: {
        brands: {
          columns: {
            buyers: async (row) => {
              const [buyers] = await study.sets('Buyers', cuts[row]!, study.range);
              return counted(buyers?.set ?? nobody, cuts[row]!, study.range);
            },
          },
        },
      },
    },
  };
}

/** One category by itself, as the rows of both tables; nothing where nobody bought. */
async function fit(study: Study, node: number, shoppers: number) {
  const { tree } = study.resolved;
  const cut: Cut = { ...study.market, nodes: [node] };
  const [all] = await study.sets('Buyers of the category', cut, study.range);
  if (!all) return [];
  const buyers = count(all.set);
  const brands = (await purchasesOf(study, cut)).sort((a, b) => b.buyers - a.buyers || Number(a.key) - Number(b.key));
  const line = jeopardy(brands, shoppers);
  const { model, reason, brands: norms } = dirichletNorm(brands, { buyers, shoppers });
  const name = await study.names(
    { by: 'brand' },
    brands.map(({ key }) => key),
  );
  const purchases = brands.reduce((sum, brand) => sum + brand.purchases, 0);
  return [
    {
      fitted: [
        tree.name(node),
        divide(buyers, shoppers, 100),
        divide(purchases, buyers),
        line.constant,
        model?.category.shape ?? null,
        model?.s ?? null,
      ],
      unfitted: reason ? [`${tree.name(node)} has no Dirichlet norm: ${reasons[reason]}.`] : [],
      cuts: brands.map(({ key }) => narrow({ ...cut, key: { by: 'brand' } }, [key])),
      brands: brands.map(({ key, buyers: mine }, at) => {
        const { constant, deviation } = line.brands[at]!;
        const { penetration, expectedPenetration, frequency, expectedFrequency } = norms[at]!;
        const gap = frequency !== null && expectedFrequency !== null ? frequency - expectedFrequency : null;
        return [
          name(key),
          tree.name(node),
          mine,
          penetration,
          expectedPenetration,
          frequency,
          expectedFrequency,
          divide(gap, expectedFrequency, 100),
          constant,
          deviation,
        ];
      }),
    },
  ];
}

/** Buyers of each brand, and their trips with it; purchases, where no line carries a receipt. */
async function purchasesOf(study: Study, market: Cut): Promise<(BrandPurchases & { key: string | null })[]> {
  const cut: Cut = { ...market, key: { by: 'brand' } };
  if (study.resolved.facts.has.basket) {
    const brands = await study.leaves('Brands', cut, study.range, ['sums', 'trips', 'shoppers']);
    return buyersOnly([...brands].map(([key, one]) => ({ key, buyers: one.shoppers, purchases: one.identifiedTrips })));
  }
  const brands = await study.spend('Brands by shopper', cut, study.range, ['purchases']);
  return buyersOnly(
    brands.map(({ key, purchases }) => ({
      key,
      buyers: purchases.filter((one) => one > 0).length,
      purchases: purchases.reduce((sum, one) => sum + one, 0),
    })),
  );
}

function buyersOnly(brands: { key: string | null; buyers: number | null; purchases: number | null }[]) {
  return brands.flatMap(({ key, buyers, purchases }) => (buyers ? [{ key, buyers, purchases: purchases ?? 0 }] : []));
}
