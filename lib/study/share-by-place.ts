import 'server-only';
import { roundPoints } from '@/lib/analyses/amounts';
import { decomposeShareByPlace } from '@/lib/analyses/decompose-share-by-place';
import type { Leaves } from '@/lib/metrics/compute';
import type { Cut } from '@/lib/query/cut';
import { placeKey, placeLabels } from './places';
import type { Findings, Study } from './study';

export async function shareByPlace(study: Study): Promise<Findings> {
  const { by = 'region' } = study.spec;
  const { nodes } = study.market;
  const key = placeKey(by, study, study.resolved.tree);
  const cut = (of: Cut): Cut => ({ ...of, nodes, key });
  const read = (what: string, of: Cut, range: typeof study.range) => study.leaves(what, cut(of), range, ['sums']);
  const brand = [
    await read('The brand, before', study.slice, study.before),
    await read('The brand, now', study.slice, study.range),
  ];
  const market = [
    await read('The market, before', study.market, study.before),
    await read('The market, now', study.market, study.range),
  ];
  const keys = [...new Set(market.flatMap((leaves) => [...leaves.keys()]))].sort((a, b) => Number(a) - Number(b));
  const name = await study.names(key, keys);
  const amount = (leaves: Map<string | null, Leaves> | undefined, place: string | null): bigint =>
    study.minor(leaves?.get(place)?.sums.amount ?? 0);
  const { places, ...shares } = decomposeShareByPlace(
    keys.map((place) => ({
      place,
      brandBefore: amount(brand[0], place),
      marketBefore: amount(market[0], place),
      brandAfter: amount(brand[1], place),
      marketAfter: amount(market[1], place),
    })),
  );
  const points = roundPoints(places.flatMap(({ within, mix, whole }) => [within, mix, whole]));
  const sum = (part: 0 | 1): number | null => {
    const found = points.filter((one, at) => at % 3 === part && one !== null);
    return found.length > 0
      ? (roundPoints([found.reduce<number>((all, one) => all + (one ?? 0), 0)])[0] ?? null)
      : null;
  };
  return {
    figures: [
      { id: 'before', label: 'Value share before', value: shares.before, unit: 'percent' },
      { id: 'now', label: 'Value share now', value: shares.after, unit: 'percent' },
      { id: 'change', label: 'Change', value: shares.change, unit: 'points' },
    ],
    tables: [
      {
        id: 'places',
        title: `Change of share by ${by}`,
        columns: [
          { id: 'place', label: placeLabels[by], unit: 'text' },
          { id: 'before', label: 'Share before', unit: 'percent' },
          { id: 'now', label: 'Share now', unit: 'percent' },
          { id: 'within', label: 'Within', unit: 'points' },
          { id: 'mix', label: 'Mix', unit: 'points' },
          {
            id: 'whole',
            label: 'In all',
            unit: 'points',
            note: 'Within and mix, or what a place without a market in one period adds.',
          },
        ],
        adds: { of: ['within', 'mix'], is: 'whole' },
        rows: places.map(({ place, shareBefore, shareAfter }, at) => {
          const [within = null, mix = null, whole = null] = points.slice(3 * at);
          const together = within === null || mix === null ? null : roundPoints([within + mix])[0];
          return [name(place), shareBefore, shareAfter, within, mix, whole ?? together ?? null];
        }),
        total: ['Change', shares.before, shares.after, sum(0), sum(1), shares.change],
      },
    ],
    chart: { kind: 'bars', table: 'places', x: 'place', y: ['within', 'mix'] },
    notes:
      shares.change === null ? ['The market has no sales in one of the periods, so there is no share to compare.'] : [],
  };
}
