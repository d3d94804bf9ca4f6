import 'server-only';
import { depthOfRepeat, type DepthOfRepeat } from '@/lib/analyses/repeat';
import { formatPeriod } from '@/lib/metrics/format-date';
import type { Calendar } from '@/lib/metrics/calendar';
import { endOf, lengthOf, periodsOf, type Range } from '@/lib/metrics/periods';
import { purchaseDays } from './purchase-days';
import type { Findings, Study } from './study';

const depth = 3;

export async function trialRepeat(study: Study): Promise<Findings> {
  const { weeks = 12 } = study.spec;
  const read = await purchaseDays(study, { triers: true });
  const base = await study.marketBuyers();
  const found = depthOfRepeat(read?.days ?? { shopper: [], period: [] }, { periods: read?.length ?? 0, depth, base });
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
        rows: study.observed ? trialRows(found, study.observed, study.calendar) : [],
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
  };
}

/** By calendar week; those at either end as far as the dates reach. */
function trialRows({ trial }: DepthOfRepeat, observed: Range, calendar: Calendar) {
  let before = 0;
  return periodsOf('week', observed, calendar).map((week) => {
    const end = endOf('week', week, calendar);
    const day = trial[Math.min(lengthOf({ from: observed.from, to: end }), trial.length) - 1];
    const cumulative = day?.cumulative ?? 0;
    const row = [formatPeriod('week', week, calendar), cumulative - before, cumulative, day?.percentOfBase ?? null];
    before = cumulative;
    return row;
  });
}

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
