import { querySpec, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { analysisSpec, type AnalysisInput, type AnalysisResponse } from '@/lib/contract/analyses';
import { plainCalendar } from '@/lib/metrics/calendar';
import { comparisonRange } from '@/lib/metrics/comparison';
import type { Range } from '@/lib/metrics/periods';
import { runQuery } from '@/lib/query/run';
import { runStudy } from '@/lib/study/run';
import type { Answer } from './answer';

/** Asked of Brandlens as its pages ask, and as SQL of the lines: one text, which PostgreSQL and DuckDB both understand. */
export interface Question {
  id: string;
  title: string;
  ours(): Promise<{ answer: Answer; sources: string[] }>;
  sql: string;
  /** What rounding to the cent may add, in the currency's unit. */
  within?: number;
}

export interface Subject {
  workspaceId: number;
  brand: number;
  /** A category that the brand is in, with ten brands or more where there is one. */
  category: number;
  /** Ten brands of the category. */
  rivals: number[];
  regions: number[];
  channel: number;
  stores: number[];
  names: ReadonlyMap<number, string>;
  /** A calendar year with one before it, dates within it that cut months, and twelve weeks. */
  year: Range;
  cut: Range;
  weeks: Range;
  /** All dates there are. */
  all: Range;
}

export const yearBefore = (range: Range): Range =>
  comparisonRange(range, 'previous_year', plainCalendar, null) ?? range;

// The texts hold ids and dates that were drawn, never what a client sent; so they stand in it as they are, for two dialects.
export const within = ({ from, to }: Range, date = 'date'): string => `${date} BETWEEN DATE '${from}' AND DATE '${to}'`;
export const oneOf = (column: string, ids: readonly (number | string)[]): string =>
  `${column} IN (${ids.map((id) => (typeof id === 'number' ? id : `'${id.replaceAll("'", "''")}'`)).join(', ')})`;

/** "now" or "before", of a line in one of the two periods. */
export const side = (now: Range): string => `CASE WHEN ${within(now)} THEN 'now' ELSE 'before' END`;
export const either = (now: Range): string => `(${within(now)} OR ${within(yearBefore(now))})`;

export const ask = (workspaceId: number, input: QueryInput): Promise<QueryResponse> =>
  runQuery(workspaceId, querySpec.parse(input));
export const study = (workspaceId: number, input: AnalysisInput): Promise<AnalysisResponse> =>
  runStudy(workspaceId, analysisSpec.parse(input));

export const sourcesOf = (...answers: readonly (QueryResponse | AnalysisResponse)[]): string[] => [
  ...new Set(
    answers.flatMap(({ meta }) =>
      ('sources' in meta ? meta.sources : Object.values(meta.metrics)).flatMap(
        ({ source }) => source?.split(' + ') ?? [],
      ),
    ),
  ),
];

/** From a name that a table shows back to the brand. */
export const brandKey = ({ names }: Subject): ((name: string) => string) => {
  const ids = new Map([...names].map(([id, name]) => [name, String(id)]));
  return (name) => ids.get(name) ?? name;
};
