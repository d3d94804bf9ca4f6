import 'server-only';
import { formatPeriod, grainName } from '@/lib/metrics/format-date';
import { divide } from '@/lib/metrics/compute';
import type { Grain } from '@/lib/metrics/calendar';
import { addDays, endOf, periodsOf, startOf, within, type Range } from '@/lib/metrics/periods';
import { heldBy } from '@/lib/query/facts';
import { isIncomplete } from '@/lib/query/row';
import { count, countBoth, difference, intersection, type ShopperSet } from '@/lib/query/shopper-sets';
import { counted, type Counted } from './opens';
import type { Findings, Study } from './study';

const nobody: ShopperSet = new Uint8Array(0);

/** Null before the data: who bought then is not known. */
interface Flow {
  buyers: number | null;
  new: number | null;
  retained: number | null;
  lapsed: number | null;
  retention: number | null;
}

function flowOf(before: ShopperSet | null, now: ShopperSet | null): Flow {
  const buyers = now && count(now);
  if (!before || !now || buyers === null) return { buyers, new: null, retained: null, lapsed: null, retention: null };
  const retained = countBoth(before, now);
  const had = count(before);
  return { buyers, new: buyers - retained, retained, lapsed: had - retained, retention: divide(retained, had, 100) };
}

export async function buyerFlow(study: Study): Promise<Findings> {
  const { grain = 'month' } = study.spec;
  const now = await buyersIn(study, 'Buyers', study.range);
  const before = await buyersIn(study, 'Buyers of the comparison', study.before);
  const flow = flowOf(before, now);
  const periods = study.observed ? periodsOf(grain, study.observed, study.calendar) : [];
  const incomplete = periods.filter((period) => isIncomplete(period, grain, study.resolved));
  const { rows, pairs } = await flowsByPeriod(study, grain, periods, new Set(incomplete));
  const whole = opened(study, { before, now, was: study.before, is: study.range });
  const inPeriod = (part: Part) => (row: number) => opened(study, pairs[row]!)[part]();
  return {
    figures: [
      { id: 'buyers', label: 'Buyers', value: flow.buyers, unit: 'count' },
      { id: 'before', label: 'Buyers of the comparison', value: before && count(before), unit: 'count' },
      { id: 'new', label: 'New', value: flow.new, unit: 'count', note: 'Bought now, not in the comparison.' },
      { id: 'retained', label: 'Retained', value: flow.retained, unit: 'count', note: 'Bought in both.' },
      { id: 'lapsed', label: 'Lapsed', value: flow.lapsed, unit: 'count', note: 'Bought in the comparison, not now.' },
      { id: 'retention', label: 'Retention rate', value: flow.retention, unit: 'percent' },
    ],
    tables: [
      {
        id: 'flow',
        title: `Buyers by ${grainName(grain)}, against the ${grainName(grain)} before`,
        columns: [
          { id: 'period', label: 'Period', unit: 'text' },
          { id: 'buyers', label: 'Buyers', unit: 'count' },
          { id: 'new', label: 'New', unit: 'count' },
          { id: 'retained', label: 'Retained', unit: 'count' },
          { id: 'lapsed', label: 'Lapsed', unit: 'count' },
          {
            id: 'retention',
            label: 'Retention rate',
            unit: 'percent',
            note: 'Retained ÷ buyers of the period before.',
          },
        ],
        rows,
      },
    ],
    chart: { kind: 'bars', table: 'flow', x: 'period', y: ['retained', 'new', 'lapsed'] },
    notes: [
      ...(incomplete.length > 0
        ? [
            `Not whole, and so compared with none: ${incomplete.map((period) => formatPeriod(grain, period, study.calendar)).join(', ')}.`,
          ]
        : []),
      ...study.lowBase(flow.buyers ?? 0),
    ],
    opens: {
      figures: whole,
      tables: {
        flow: {
          columns: {
            buyers: inPeriod('buyers'),
            new: inPeriod('new'),
            retained: inPeriod('retained'),
            lapsed: inPeriod('lapsed'),
          },
        },
      },
    },
  };
}

/** Two periods, and who bought in them. */
interface Pair {
  before: ShopperSet | null;
  now: ShopperSet | null;
  was: Range;
  is: Range;
}

type Part = 'buyers' | 'before' | 'new' | 'retained' | 'lapsed';

/** Who the counts count: with what they bought now, who lapsed with what they bought before. */
function opened(study: Study, { before, now, was, is }: Pair): Record<Part, () => Counted> {
  const [had, have] = [before ?? nobody, now ?? nobody];
  return {
    buyers: () => counted(have, study.slice, is),
    before: () => counted(had, study.slice, was),
    new: () => counted(difference(have, had), study.slice, is),
    retained: () => counted(intersection(had, have), study.slice, is),
    lapsed: () => counted(difference(had, have), study.slice, was),
  };
}

/** Null where the range lies outside the data. */
async function buyersIn(study: Study, what: string, range: Range): Promise<ShopperSet | null> {
  const { data } = study.resolved.facts;
  if (!data || !within(range, data)) return null;
  const [buyers] = await study.sets(what, study.slice, range);
  return buyers?.set ?? nobody;
}

/** Each whole period of the dates, against the whole one before it, which may lie before the dates; of others the buyers alone. */
async function flowsByPeriod(study: Study, grain: Grain, periods: readonly string[], incomplete: ReadonlySet<string>) {
  const { calendar, range } = study;
  const held = heldBy(study.resolved.facts);
  const first = periods[0] ?? range.from;
  const earlier = startOf(grain, addDays(first, -1), calendar);
  const span = { from: earlier, to: range.to };
  const sets = await study.sets(`Buyers by ${grainName(grain)}`, { ...study.slice, grain }, span);
  const of = new Map(sets.map(({ period, set }) => [period, set]));
  const end = endOf(grain, first, calendar);
  const cut = { from: range.from, to: end < range.to ? end : range.to };
  const inCut =
    first < range.from ? await buyersIn(study, `Buyers of the ${grainName(grain)} that the dates cut`, cut) : null;
  const spanOf = (period: string): Range => ({ from: period, to: endOf(grain, period, calendar) });
  const pairs = periods.map((period, at): Pair => {
    const ago = periods[at - 1] ?? earlier;
    const isComparable = !incomplete.has(period) && held !== null && held.from <= ago;
    return {
      before: isComparable ? (of.get(ago) ?? nobody) : null,
      now: (at === 0 && inCut) || (of.get(period) ?? nobody),
      was: spanOf(ago),
      is: within(spanOf(period), range) ?? spanOf(period),
    };
  });
  const rows = pairs.map(({ before, now }, at) => {
    const flow = flowOf(before, now);
    return [
      formatPeriod(grain, periods[at]!, calendar),
      flow.buyers,
      flow.new,
      flow.retained,
      flow.lapsed,
      flow.retention,
    ];
  });
  return { rows, pairs };
}
