import 'server-only';
import { rfm as score } from '@/lib/analyses/rfm';
import { divide } from '@/lib/metrics/compute';
import { lengthOf } from '@/lib/metrics/periods';
import { those } from './opens';
import { members } from '@/lib/query/shopper-sets';
import type { Findings, Study } from './study';

const scores = [5, 4, 3, 2, 1];

export async function rfm(study: Study): Promise<Findings> {
  const { basket } = study.resolved.facts.has;
  const counted = basket ? 'trips' : 'purchases';
  const [spend] = await study.spend('Trips and spend by shopper', study.slice, study.range, [
    'amount',
    'purchases',
    counted,
  ]);
  const days = await daysSinceLast(study);
  const buyers = spend ? [...spend.shoppers.keys()].filter((at) => spend.purchases[at]! > 0) : [];
  const history = {
    recency: buyers.map((at) => days.get(spend!.shoppers[at]!) ?? 0),
    frequency: buyers.map((at) => spend![counted][at]!),
    monetary: buyers.map((at) => spend!.amount[at]!),
  };
  const found = score(history);
  const most = (of: readonly number[], by: Uint8Array, value: number, pick: typeof Math.max): number | null => {
    const mine = of.filter((_, at) => by[at] === value);
    return mine.length > 0 ? mine.reduce((a, b) => pick(a, b)) : null;
  };
  const grid = new Map<string, number>();
  for (const { recency, frequency, buyers: some } of found.cells) {
    grid.set(`${recency} ${frequency}`, (grid.get(`${recency} ${frequency}`) ?? 0) + some);
  }
  const who = (fits: (at: number) => boolean) =>
    those(
      buyers.flatMap((at, place) => (fits(place) ? [spend!.shoppers[at]!] : [])),
      study.slice,
      study.range,
    );
  const often = basket ? 'Trips' : 'Purchases';
  const shown = buyers.length > 0 ? scores : [];
  return {
    figures: [{ id: 'buyers', label: 'Buyers', value: study.observed ? buyers.length : null, unit: 'count' }],
    tables: [
      {
        id: 'grid',
        title: 'Buyers by recency and frequency',
        columns: [
          { id: 'recency', label: 'Recency score', unit: 'text' },
          ...scores.map((one) => ({ id: `f${one}`, label: `Frequency ${one}`, unit: 'count' as const })),
        ],
        rows: shown.map((recency) => [String(recency), ...scores.map((one) => grid.get(`${recency} ${one}`) ?? 0)]),
      },
      {
        id: 'scores',
        title: 'What the scores mean',
        columns: [
          { id: 'score', label: 'Score', unit: 'text' },
          { id: 'recency', label: 'Days since last purchase, at most', unit: 'count' },
          { id: 'frequency', label: `${often}, at least`, unit: 'count' },
          { id: 'monetary', label: 'Spend, at least', unit: 'money' },
        ],
        rows: shown.map((one) => {
          const spent = most(history.monetary, found.scores.monetary, one, Math.min);
          return [
            String(one),
            most(history.recency, found.scores.recency, one, Math.max),
            most(history.frequency, found.scores.frequency, one, Math.min),
            spent === null ? null : study.money(spent),
          ];
        }),
      },
      {
        id: 'segments',
        title: 'Buyers by all three scores',
        columns: [
          { id: 'recency', label: 'Recency', unit: 'count' },
          { id: 'frequency', label: 'Frequency', unit: 'count' },
          { id: 'monetary', label: 'Monetary', unit: 'count' },
          { id: 'buyers', label: 'Buyers', unit: 'count' },
          { id: 'sales', label: 'Sales', unit: 'money' },
          { id: 'each', label: 'Sales per buyer', unit: 'money' },
        ],
        rows: found.cells.map(({ recency, frequency, monetary, buyers: some, sales }) => [
          recency,
          frequency,
          monetary,
          some,
          study.money(sales),
          divide(study.money(sales), some),
        ]),
      },
    ],
    chart: { kind: 'heat', table: 'grid', x: 'recency', y: scores.map((one) => `f${one}`) },
    notes: [
      ...(basket ? [] : ['No line carries a receipt, so purchases are counted in place of trips.']),
      ...(study.observed ? study.lowBase(buyers.length) : []),
    ],
    opens: {
      figures: { buyers: () => who(() => true) },
      tables: {
        grid: {
          columns: Object.fromEntries(
            scores.map((often) => [
              `f${often}`,
              (row: number) =>
                who((at) => found.scores.recency[at] === scores[row] && found.scores.frequency[at] === often),
            ]),
          ),
        },
        segments: {
          columns: {
            buyers: (row) =>
              who((at) =>
                (['recency', 'frequency', 'monetary'] as const).every(
                  (one) => found.scores[one][at] === found.cells[row]![one],
                ),
              ),
          },
        },
      },
    },
  };
}

/** By shopper, counted to the last of the dates with data. */
async function daysSinceLast(study: Study): Promise<Map<number, number>> {
  const { observed, slice } = study;
  const days = new Map<number, number>();
  if (!observed) return days;
  for (const { period, set } of await study.sets('Last purchase', { ...slice, grain: 'day' }, observed)) {
    const ago = lengthOf({ from: period ?? observed.to, to: observed.to }) - 1;
    for (const shopper of members(set)) days.set(shopper, ago);
  }
  return days;
}
