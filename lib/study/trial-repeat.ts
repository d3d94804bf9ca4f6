import 'server-only';
import { depthOfRepeat, whoRepeats, whoTried, type DepthOfRepeat } from '@/lib/analyses/repeat';
import { formatPeriod } from '@/lib/metrics/format-date';
import type { Calendar } from '@/lib/metrics/calendar';
import { endOf, lengthOf, periodsOf, type Range } from '@/lib/metrics/periods';
import { purchaseDays } from './purchase-days';
import { those } from './opens';
import type { Findings, Study } from './study';

const depth = 3;

export async function trialRepeat(study: Study): Promise<Findings> {
  const { weeks = 12 } = study.spec;
  const read = await purchaseDays(study, { triers: true });
  const base = await study.marketBuyers();
  const days = read?.days ?? { shopper: [], period: [] };
  const periods = read?.length ?? 0;
  const found = depthOfRepeat(days, { periods, depth, base });
  const weekEnds = study.observed ? endsOf(study.observed, study.calendar) : [];
  const tried = (from: number, to: number) => those(whoTried(days, from, to), study.slice, study.range);
  const again = (times: number) => (row: number) =>
    those(whoRepeats(days, { periods, within: Number(depths[row]?.[0] ?? 0) * 7, times }), study.slice, study.range);
  const last = found.trial.at(-1);
  const depths = depthRows(found, weeks);
  const within = depths.at(-1);
  return {
    figures: [
      { id: 'triers', label: 'Triers', value: last?.cumulative ?? null, unit: 'count' },
      {
        id: 'trial',
        label: 'Trial',
        value: last?.percentOfBase ?? null,
        unit: 'percent',
        note: 'Triers ÷ buyers of the market in the dates.',
      },
      {
        id: 'repeat',
        label: 'Repeat rate of triers',
        value: (within?.[2] as number | null | undefined) ?? null,
        unit: 'percent',
        ...(within && { note: `Within ${within[0]} weeks of trial.` }),
      },
    ],
    tables: [
      {
        id: 'trial',
        title: 'Triers, week by week',
        columns: [
          { id: 'week', label: 'Week', unit: 'text' },
          { id: 'triers', label: 'Triers', unit: 'count' },
          { id: 'cumulative', label: 'Triers so far', unit: 'count' },
          {
            id: 'percent',
            label: 'Trial',
            unit: 'percent',
            note: 'Triers so far ÷ buyers of the market in the dates.',
          },
        ],
        rows: study.observed ? trialRows(found, weekEnds, study.observed, study.calendar) : [],
      },
      {
        id: 'depth',
        title: 'Part of triers who bought again',
        columns: [
          { id: 'weeks', label: 'Weeks since trial', unit: 'count' },
          { id: 'eligible', label: 'Triers', unit: 'count', note: 'With so many weeks left in the dates.' },
          { id: 'r1', label: '1 or more repeats', unit: 'percent' },
          { id: 'r2', label: '2 or more', unit: 'percent' },
          { id: 'r3', label: '3 or more', unit: 'percent' },
        ],
        rows: depths,
      },
    ],
    chart: { kind: 'lines', table: 'trial', x: 'week', y: ['cumulative'] },
    notes: [
      ...(depths.length < weeks ? [`The dates leave at most ${depths.length} whole weeks after trial.`] : []),
      ...(last ? study.lowBase(last.cumulative) : []),
    ],
    opens: {
      figures: { triers: () => tried(0, periods) },
      tables: {
        trial: {
          columns: {
            triers: (row) => tried((weekEnds[row - 1] ?? -1) + 1, weekEnds[row] ?? -1),
            cumulative: (row) => tried(0, weekEnds[row] ?? -1),
          },
        },
        depth: { columns: { eligible: again(0), r1: again(1), r2: again(2), r3: again(3) } },
      },
    },
  };
}

/** By calendar week; those at either end as far as the dates reach. */
function trialRows({ trial }: DepthOfRepeat, ends: readonly number[], observed: Range, calendar: Calendar) {
  let before = 0;
  return periodsOf('week', observed, calendar).map((week, at) => {
    const day = trial[ends[at]!];
    const cumulative = day?.cumulative ?? 0;
    const row = [formatPeriod('week', week, calendar), cumulative - before, cumulative, day?.percentOfBase ?? null];
    before = cumulative;
    return row;
  });
}

/** The last day of each week, counted from the first of the dates. */
const endsOf = (observed: Range, calendar: Calendar): number[] =>
  periodsOf('week', observed, calendar).map(
    (week) => Math.min(lengthOf({ from: observed.from, to: endOf('week', week, calendar) }), lengthOf(observed)) - 1,
  );

/** Whole weeks after trial, to the last that any trier has left. */
function depthRows({ repeat }: DepthOfRepeat, weeks: number): (number | null)[][] {
  const rows: (number | null)[][] = [];
  for (let week = 1; week <= weeks; week++) {
    const at = repeat.map((list) => list[week * 7]);
    if (!at[0]?.eligible) break;
    rows.push([week, at[0].eligible, ...at.map((cell) => cell?.percent ?? null)]);
  }
  return rows;
}
