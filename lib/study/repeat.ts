import 'server-only';
import { depthOfRepeat, repeatRates, whoRepeats } from '@/lib/analyses/repeat';
import { within } from '@/lib/metrics/periods';
import { purchaseDays } from './purchase-days';
import { count, countBoth, intersection, type ShopperSet } from '@/lib/query/shopper-sets';
import { counted, those } from './opens';
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
  const { eligible, repeaters, who } = await triers(study, weeks);
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
    opens: {
      tables: {
        rates: {
          columns: {
            base: (row) => {
              if (row === 2) return those(who(0), study.slice, study.range);
              const [set, range] = row === 0 ? [now?.set, study.range] : [before?.set, study.before];
              return counted(set ?? nobody, study.slice, range);
            },
            repeaters: (row) => {
              if (row === 2) return those(who(1), study.slice, study.range);
              if (row === 1)
                return counted(intersection(before?.set ?? nobody, now?.set ?? nobody), study.slice, study.range);
              return those(spend?.shoppers.filter((_, at) => spend.trips[at]! >= 2) ?? [], study.slice, study.range);
            },
          },
        },
      },
    },
  };
}

const nobody: ShopperSet = new Uint8Array();

async function triers(study: Study, weeks: number) {
  const read = await purchaseDays(study, { triers: true });
  const { repeat } = read ? depthOfRepeat(read.days, { periods: read.length, depth: 1, base: 0 }) : { repeat: [] };
  const who = (times: number): number[] =>
    read ? whoRepeats(read.days, { periods: read.length, within: weeks * 7, times }) : [];
  return { ...(repeat[0]?.[weeks * 7] ?? { eligible: 0, repeaters: 0 }), who };
}
