import 'server-only';
import { depthOfRepeat, repeatRates } from '@/lib/analyses/repeat';
import { within } from '@/lib/metrics/periods';
import { purchaseDays } from './purchase-days';
import { count, countBoth } from '@/lib/query/shopper-sets';
import type { Findings, Study } from './study';

export async function repeat(study: Study): Promise<Findings> {
  const { weeks = 12 } = study.spec;
  const span = `${weeks} ${weeks === 1 ? 'week' : 'weeks'}`;
  const { data, has } = study.resolved.facts;
  const [now] = await study.sets('Buyers', study.slice, study.range);
  const [before] = await study.sets('Buyers of the comparison', study.slice, study.before);
  const [spend] = has.basket ? await study.spend('Trips by shopper', study.slice, study.range, ['trips']) : [];
  const seen = study.observed !== null;
  const known = data !== null && within(study.before, data) !== null && seen;
  const buyers = now ? count(now.set) : 0;
  const twice = spend?.trips.reduce((sum, trips) => sum + Number(trips >= 2), 0) ?? 0;
  const earlier = known && before ? count(before.set) : 0;
  const again = known && before && now ? countBoth(before.set, now.set) : 0;
  const { eligible, repeaters } = await triers(study, weeks);
  const rates = repeatRates({
    buyers,
    buyersOnTwoTrips: twice,
    firstPeriodBuyers: earlier,
    bothPeriodsBuyers: again,
    eligibleTriers: eligible,
    repeaters,
  });
  const rows = [
    ['(a) On 2 or more trips', 'Buyers', seen ? buyers : null, spend ? twice : null, spend ? rates.twice : null],
    ['(b) Bought again', 'Buyers of the comparison', known ? earlier : null, known ? again : null, rates.again],
    [
      `(c) Second purchase day within ${span}`,
      'Triers',
      seen ? eligible : null,
      seen ? repeaters : null,
      rates.ofTriers,
    ],
  ];
  return {
    figures: [],
    tables: [
      {
        id: 'rates',
        title: 'Repeat rate, three ways',
        columns: [
          { id: 'rate', label: 'Repeat', unit: 'text' },
          { id: 'of', label: 'Of', unit: 'text' },
          { id: 'base', label: 'Base', unit: 'count' },
          { id: 'repeaters', label: 'Repeaters', unit: 'count' },
          { id: 'percent', label: 'Repeat rate', unit: 'percent' },
        ],
        rows,
      },
    ],
    chart: { kind: 'bars', table: 'rates', x: 'rate', y: ['percent'] },
    notes: [
      `Triers first bought within the dates and have at least ${span} left in them.`,
      ...(has.basket ? [] : ['No line carries a receipt, so trips are not known.']),
      ...study.lowBase(buyers),
    ],
  };
}

async function triers(study: Study, weeks: number): Promise<{ eligible: number; repeaters: number }> {
  const read = await purchaseDays(study, { triers: true });
  const { repeat } = read ? depthOfRepeat(read.days, { periods: read.length, depth: 1, base: 0 }) : { repeat: [] };
  return repeat[0]?.[weeks * 7] ?? { eligible: 0, repeaters: 0 };
}
