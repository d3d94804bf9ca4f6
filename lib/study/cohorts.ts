import 'server-only';
import { cohortRetention, type CohortRow } from '@/lib/analyses/cohorts';
import { ApiError } from '@/lib/contract/errors';
import { divide } from '@/lib/metrics/compute';
import { formatPeriod, grainName } from '@/lib/metrics/format-date';
import type { Grain } from '@/lib/metrics/calendar';
import { periodsOf } from '@/lib/metrics/periods';
import { isUnended } from '@/lib/query/row';
import { buyersBefore } from './purchase-days';
import { count, countBoth, difference, intersection, union, type ShopperSet } from '@/lib/query/shopper-sets';
import { counted } from './opens';
import type { Findings, Study } from './study';

const MOST = 120;

export async function cohorts(study: Study): Promise<Findings> {
  const { grain = 'month' } = study.spec;
  const { observed, resolved } = study;
  const periods = observed ? periodsOf(grain, observed, study.calendar) : [];
  if (periods.length > MOST) {
    throw new ApiError('unprocessable', `The dates hold ${periods.length} cohorts, of at most ${MOST}.`, [
      { field: 'grain', message: 'take a coarser grain, or fewer dates' },
    ]);
  }
  const first = periods[0];
  const last = periods.at(-1);
  const oldest = resolved.facts.data?.from ?? '';
  const { rows, fresh, active } = first ? await activity(study, periods, grain) : nothing;
  const found = cohortRetention(rows, {
    periods: periods.length,
    incomplete: Number(last !== undefined && isUnended(last, grain, resolved)),
    censored: Number(first !== undefined && first <= oldest),
  });
  const ages = periods.map((_, age) => ({ id: `p${age}`, label: `+${age}`, unit: 'percent' as const }));
  const whole = found.filter(({ leftCensored }) => !leftCensored);
  const average = ages.map((_, age) => {
    const seen = whole.filter(({ cells }) => (cells[age]?.shoppers ?? null) !== null);
    const active = seen.reduce((sum, { cells }) => sum + (cells[age]?.shoppers ?? 0), 0);
    return divide(
      active,
      seen.reduce((sum, { size }) => sum + size, 0),
      100,
    );
  });
  const buyers = whole.reduce((sum, { size }) => sum + size, 0);
  return {
    figures: [
      { id: 'new', label: 'New buyers', value: whole.length > 0 ? buyers : null, unit: 'count' },
      {
        id: 'next',
        label: `Still buying a ${grainName(grain)} later`,
        value: average[1] ?? null,
        unit: 'percent',
        note: 'Of all cohorts together, but the left-censored one.',
      },
    ],
    tables: [
      {
        id: 'cohorts',
        title: `Part of each cohort that bought so many ${grainName(grain)}s after the first`,
        columns: [
          { id: 'cohort', label: 'First bought', unit: 'text' },
          { id: 'size', label: 'Buyers', unit: 'count' },
          ...ages,
        ],
        rows: found.map(({ cohort, size, leftCensored, cells }) => [
          formatPeriod(grain, periods[cohort]!, study.calendar) + (leftCensored ? ' (left-censored)' : ''),
          size,
          ...cells.map(({ percent }) => percent),
        ]),
        ...(whole.length > 0 && { total: ['All but left-censored', buyers, ...average] }),
      },
    ],
    chart: { kind: 'heat', table: 'cohorts', x: 'cohort', y: ages.map(({ id }) => id) },
    notes: [
      ...(whole.length < found.length
        ? ['Left-censored: the first period of the data, whose buyers may have bought before.']
        : []),
      ...(whole.length > 0 ? study.lowBase(buyers) : []),
    ],
    opens: {
      figures: {
        new: () => counted(union(whole.map(({ cohort }) => fresh[cohort] ?? nobody)), study.slice, study.range),
      },
      tables: {
        cohorts: {
          columns: {
            size: (cohort) => counted(fresh[cohort] ?? nobody, study.slice, study.range),
            ...Object.fromEntries(
              ages.map(({ id }, age) => [
                id,
                (cohort: number) =>
                  counted(
                    intersection(fresh[cohort] ?? nobody, active[cohort + age] ?? nobody),
                    study.slice,
                    study.range,
                  ),
              ]),
            ),
          },
        },
      },
    },
  };
}

const nobody: ShopperSet = new Uint8Array();

/** By period who bought in it, and who for the first time. */
interface Activity {
  rows: CohortRow[];
  fresh: (ShopperSet | undefined)[];
  active: (ShopperSet | undefined)[];
}

const nothing: Activity = { rows: [], fresh: [], active: [] };

/** Of who first bought in one period, how many bought in it and each later one. */
async function activity(study: Study, periods: readonly string[], grain: Grain): Promise<Activity> {
  const range = { from: periods[0]!, to: study.range.to };
  const sets = await study.sets(`Buyers by ${grainName(grain)}`, { ...study.slice, grain }, range);
  const of = new Map(sets.map(({ period, set }) => [period, set]));
  const bought = periods.map((period) => of.get(period));
  const rows: CohortRow[] = [];
  const first: Activity['fresh'] = [];
  let before = await buyersBefore(study, range.from);
  for (const [cohort, now] of bought.entries()) {
    if (!now) continue;
    const fresh = difference(now, before);
    before = union([before, now]);
    first[cohort] = fresh;
    rows.push({ cohort, active: cohort, shoppers: count(fresh) });
    for (let active = cohort + 1; active < periods.length; active++) {
      const later = bought[active];
      if (later) rows.push({ cohort, active, shoppers: countBoth(fresh, later) });
    }
  }
  return { rows, fresh: first, active: bought };
}
