import 'server-only';
import { sourceOfVolume, type Source } from '@/lib/analyses/source-of-volume';
import { switching } from '@/lib/analyses/switching';
import { ApiError } from '@/lib/contract/errors';
import { noLeaves } from '@/lib/metrics/compute';
import type { Range } from '@/lib/metrics/periods';
import { members } from '@/lib/query/shopper-sets';
import { buyersBefore } from './purchase-days';
import { others, readShopperBrands } from './shopper-brands';
import type { Findings, Study } from './study';

const sources = {
  newToMarket: 'Buyers new to the market',
  returned: 'Buyers back in the market',
  increase: 'The same shoppers buying more',
  lost: 'Lost: left or bought less',
  anonymous: 'Anonymous sales',
};

export async function launch(study: Study): Promise<Findings> {
  if (study.slice.brands === null) {
    throw new ApiError('unprocessable', 'Source of volume is of brands: what shoppers switch between.', [
      { field: 'filters.brand', message: 'must name a brand, or filters.manufacturer a manufacturer' },
    ]);
  }
  const { rows, labels } = await readShopperBrands(study, 'amount', study.spec.top ?? 10, { together: true });
  // Of the brands of the market as they are read by shopper: a filter of products would leave their other products out.
  const cut = { ...study.market, brands: study.slice.brands, key: { by: 'none' as const } };
  const anonymous = async (range: Range): Promise<bigint> => {
    const { sums } = (await study.leaves('Anonymous sales', cut, range, ['sums'])).get(null) ?? noLeaves;
    return study.minor(sums.amount) - study.minor(sums.identifiedAmount);
  };
  const moved = (await anonymous(study.range)) - (await anonymous(study.before));
  const start = study.before.from < study.range.from ? study.before.from : study.range.from;
  const known = new Set(members(await buyersBefore(study, start, study.market)));
  const found = sourceOfVolume(
    switching(rows, labels.length, (shopper) => known.has(shopper)),
    0,
    moved,
  );
  const name = (source: Source): string =>
    source.from === 'brand' ? `From ${labels[source.brand] ?? others}` : sources[source.from];
  const shown = found.sources.filter(({ amount }) => amount !== 0n);
  return {
    figures: [
      { id: 'change', label: `Change of ${labels[0] || 'the brand'}`, value: study.money(found.change), unit: 'money' },
    ],
    tables: [
      {
        id: 'sources',
        title: 'Where the change came from',
        columns: [
          { id: 'source', label: 'Source', unit: 'text' },
          { id: 'amount', label: 'Part of the change', unit: 'money' },
          { id: 'percent', label: 'Of all gains', unit: 'percent' },
        ],
        rows: shown.map((source) => [name(source), study.money(source.amount), source.percent]),
        total: ['Change', study.money(found.change), null],
      },
    ],
    chart: { kind: 'waterfall', table: 'sources', x: 'source', y: ['amount'] },
    notes: [],
  };
}
