import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { analysisSpec, type AnalysisInput, type AnalysisResponse, type AnalysisTable } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { analysisIds, analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { lackingSales } from '@/tests/lacking-sales';
import { affinity, doubleJeopardy, duplication, loyalty } from '@/tests/naive-brands';
import { buyerFlow, cohorts, concentrationOfBuyers, repeat, rfm, trialRepeat } from '@/tests/naive-buyers';
import { priceVolumeMix, revenueChange, shareByPlace, shareChange } from '@/tests/naive-changes';
import { concentration, developmentIndex, distribution, elasticity, price, promotion } from '@/tests/naive-shelf';
import { Question, type Asked, type Cell, type Naive } from '@/tests/naive-study';
import { launch, switching } from '@/tests/naive-switching';
import { anyDay, insertSales, randomSales, type Ids } from '@/tests/random-sales';
import { runStudy } from './run';

// Every analysis of random sales, also of such that lack something altogether, from rollups and from lines, against loops over
// the lines.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const naive: Record<AnalysisId, (question: Question) => Naive> = {
  loyalty,
  duplication,
  double_jeopardy: doubleJeopardy,
  affinity,
  switching,
  revenue_change: revenueChange,
  share_change: shareChange,
  share_by_place: shareByPlace,
  price_volume_mix: priceVolumeMix,
  launch,
  concentration,
  distribution,
  price,
  promotion,
  elasticity,
  development_index: developmentIndex,
  buyer_flow: buyerFlow,
  repeat,
  trial_repeat: trialRepeat,
  cohorts,
  concentration_of_buyers: concentrationOfBuyers,
  rfm,
};

/** With LONG=1 more of them. */
const long = Boolean(process.env['LONG']);

const months: [string, string][] = [
  ['2024-01-01', '2024-01-31'],
  ['2024-02-01', '2024-02-29'],
  ['2024-01-01', '2024-03-31'],
  ['2023-10-01', '2023-12-31'],
];
const range = fc
  .oneof(fc.constantFrom(...months), fc.tuple(anyDay, anyDay))
  .map(([a, b]) => ({ from: a < b ? a : b, to: a < b ? b : a }));
const place = fc.oneof(
  fc.record({ of: fc.constantFrom('region' as const, 'channel' as const), at: fc.nat(1) }),
  fc.record({ of: fc.constant('store' as const), at: fc.nat(3) }),
);
const anyAsked: fc.Arbitrary<Asked> = fc.record({
  now: range,
  before: range,
  brand: fc.nat(3),
  category: fc.option(fc.nat(5), { freq: 2 }),
  place: fc.option(place, { freq: 1 }),
  by: fc.constantFrom('region', 'channel', 'store', 'category'),
  measure: fc.constantFrom('value', 'units', 'purchases'),
  members: fc.constantFrom('brand', 'category', 'product'),
  weeks: fc.integer({ min: 1, max: 6 }),
});

/** Of these all brands of the market are looked at. */
const ofMarket = new Set<AnalysisId>([
  'loyalty',
  'duplication',
  'double_jeopardy',
  'affinity',
  'switching',
  'concentration',
]);

function inputOf(
  analysis: AnalysisId,
  { now, before, brand, category, place: at, ...options }: Asked,
  ids: Ids,
): AnalysisInput {
  const { compares, options: takes } = analysisOf(analysis);
  const taken = Object.entries(options).filter(([name]) => (takes as readonly string[]).includes(name));
  return {
    analysis,
    ...now,
    ...(compares && { compare: before }),
    market: 'slice',
    filters: {
      ...(!ofMarket.has(analysis) && { brand: [ids.brand[brand] ?? 0] }),
      ...(category !== null && { category: [ids.category[category] ?? 0] }),
      ...(at && { [at.of]: [ids[at.of][at.at] ?? 0] }),
    },
    ...Object.fromEntries(taken),
  };
}

/** Columns by which rows are told apart, where those are not the texts. */
const keys: Record<string, string[]> = {
  'rfm segments': ['recency', 'frequency', 'monetary'],
  'trial_repeat depth': ['weeks'],
  'elasticity brands': ['brand'],
};

type Row = Record<string, unknown>;

/** Rows by their texts; cells by the column's id, those of a matrix by its label too. */
function rowsOf(analysis: AnalysisId, { id, columns, rows }: AnalysisTable): Map<string, Row> {
  const key = keys[`${analysis} ${id}`] ?? columns.flatMap((one) => (one.unit === 'text' ? [one.id] : []));
  return new Map(
    rows.map((row) => {
      const cells: Row = Object.fromEntries(
        columns.flatMap((one, at) => [
          [one.label, row[at]],
          [one.id, row[at]],
        ]),
      );
      // Which of a pair comes first says nothing.
      if (analysis === 'affinity' && id === 'pairs' && String(cells['a']) > String(cells['b'])) {
        const { a, b, confidenceAB, confidenceBA } = cells;
        Object.assign(cells, { a: b, b: a, confidenceAB: confidenceBA, confidenceBA: confidenceAB });
      }
      return [key.map((one) => String(cells[one])).join('|'), cells];
    }),
  );
}

/** Why the cell is not as expected; null where it is. */
function fault(cell: unknown, expected: Cell): string | null {
  if (expected === null) return cell === null ? null : `${String(cell)}, not null`;
  if (typeof cell !== 'number') return `${String(cell)}, not ${JSON.stringify(expected)}`;
  const { about, within } = typeof expected === 'number' ? { about: expected, within: 0 } : expected;
  const slack = within + 1e-8 * Math.max(1, Math.abs(about));
  return Math.abs(cell - about) <= slack ? null : `${cell}, not ${about}${within ? ` ± ${within}` : ''}`;
}

function faultsOf(analysis: AnalysisId, answer: AnalysisResponse, expected: Naive): string[] {
  const faults: string[] = [];
  const check = (what: string, cell: unknown, cells: Cell): void => {
    const wrong = fault(cell, cells);
    if (wrong) faults.push(`${what}: ${wrong}`);
  };
  for (const [id, value] of Object.entries(expected.figures ?? {})) {
    check(id, answer.figures.find((one) => one.id === id)?.value, value);
  }
  for (const [id, rows] of Object.entries(expected.tables ?? {})) {
    const table = answer.tables.find((one) => one.id === id);
    const found = table ? rowsOf(analysis, table) : new Map<string, Row>();
    for (const [key, cells] of Object.entries(rows)) {
      const row = found.get(key);
      for (const [column, cell] of Object.entries(cells)) {
        // What may round to nothing need not be listed.
        check(
          `${id}, ${key}, ${column}`,
          row ? row[column] : cell !== null && typeof cell === 'object' ? 0 : undefined,
          cell,
        );
      }
    }
    for (const key of found.keys()) if (!(key in rows)) faults.push(`${id}: a row for ${key}`);
  }
  for (const [id, sums] of Object.entries(expected.sums ?? {})) {
    const table = answer.tables.find((one) => one.id === id);
    for (const [column, value] of Object.entries(sums)) {
      const at = table?.columns.findIndex((one) => one.id === column) ?? -1;
      check(
        `Σ ${id}, ${column}`,
        table?.rows.reduce((sum, row) => sum + Number(row[at]), 0),
        value,
      );
    }
  }
  return faults;
}

describe('every analysis', () => {
  it(
    'gives what loops over the lines give, from rollups and from lines',
    { timeout: long ? 1_800_000 : 300_000 },
    async () => {
      const met = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(randomSales, lackingSales),
          fc.array(anyAsked, { minLength: 4, maxLength: 4 }),
          async (sales, questions) => {
            const ids = await insertSales(pool, sales);
            for (const asked of questions) {
              for (const analysis of analysisIds) {
                const question = new Question(sales, asked);
                const spec = analysisSpec.parse(inputOf(analysis, asked, ids));
                const needs: readonly string[] = analysisOf(analysis).needs;
                const lacks = needs.some(
                  (need) => need in question.has && !question.has[need as keyof typeof question.has],
                );
                for (const forceLines of [false, true]) {
                  const answer = await runStudy(ids.workspaceId, spec, { forceLines });
                  const faults = lacks ? [] : faultsOf(analysis, answer, naive[analysis](question));
                  expect({ analysis, forceLines, asked, state: answer.state, faults }).toEqual({
                    analysis,
                    forceLines,
                    asked,
                    state: lacks ? 'unavailable' : 'ok',
                    faults: [],
                  });
                }
                if (!lacks) met.set(analysis, (met.get(analysis) ?? 0) + 1);
              }
            }
          },
        ),
        { numRuns: long ? 100 : 4, endOnFailure: true },
      );
      for (const analysis of analysisIds) expect(met.get(analysis), analysis).toBeGreaterThan(10);
    },
  );
});
