import { loadavg } from 'node:os';
import { geometric, median } from './middle';
import { differences, ofQuery, ofRows } from './answer';
import { Chance } from './chance';
import type { ColumnStore, Row } from './column-store';
import { drawSubject } from './draw';
import { sqlOf } from './formulas';
import { drawQuery } from './grammar';
import { listQuestions } from './list';
import { ask, sourcesOf, type Question } from './question';
import type { RowStore } from './row-store';
import { readWorld } from './world';

export interface Measured {
  question: Question;
  /** Milliseconds. SQL on the lines that was given up counts with its limit. */
  ours: number;
  lines: number;
  columns: number;
  givenUp: boolean;
  sources: string[];
  /** How many values were compared. */
  values: number;
  /** What differs between the answers, in words. */
  differing: string[];
}

export interface Sides {
  workspaceId: number;
  rows: RowStore;
  columns: ColumnStore;
}

/** SQL on the lines that is slower than this is not asked again. */
const patience = 2_000;

/** The first run fills buffers, and is not counted. */
async function timed<T>(run: () => Promise<T>, times: number, patience = Infinity): Promise<{ found: T; ms: number }> {
  let found: T | undefined;
  const taken: number[] = [];
  for (let at = 0; at <= times; at++) {
    const started = performance.now();
    found = await run();
    const ms = performance.now() - started;
    if (at > 0 || ms > patience) taken.push(ms);
    if (ms > patience) break;
  }
  return { found: found as T, ms: median(taken) };
}

export async function measureQuestion(
  question: Question,
  { rows, columns }: Sides,
  { repeat, limit }: { repeat: number; limit: number },
): Promise<Measured> {
  const ours = await timed(() => question.ours(), repeat);
  const theirs = await timed(() => columns.ask(question.sql), repeat);
  const lines = await timed(() => rows.ask(question.sql, limit), repeat, patience);
  const compare = (name: string, found: Row[]): string[] =>
    differences(ours.found.answer, ofRows(found), question.within).map((one) => `${name}: ${one}`);
  return {
    question,
    ours: ours.ms,
    lines: lines.ms,
    columns: theirs.ms,
    sources: ours.found.sources,
    givenUp: lines.found === null,
    values: ours.found.answer.size,
    differing: [...compare('DuckDB', theirs.found), ...(lines.found ? compare('lines', lines.found) : [])],
  };
}

/** The fifteen questions, and so many queries of the grammar. */
export async function drawQuestions(
  { workspaceId, columns }: Sides,
  seed: number,
  queries: number,
): Promise<{ questions: Question[]; drawn: Question[] }> {
  const chance = new Chance(seed);
  const world = await readWorld(workspaceId);
  const [dates] = await columns.ask('SELECT min(date)::text AS first, max(date)::text AS last FROM line');
  const all = { from: String(dates?.['first']), to: String(dates?.['last']) };
  const questions = await listQuestions(drawSubject(world, all, chance), (text) => columns.ask(text));
  const drawn = Array.from({ length: queries }, (_, at): Question => {
    const input = drawQuery(world, all, chance);
    const { by, grain, compare, filters, metrics } = input;
    const told = [by && `by ${by}`, grain, compare && 'compared', ...Object.keys(filters)].filter(Boolean);
    return {
      id: `R${at + 1}`,
      title: `${metrics.length} metrics ${input.from} to ${input.to}: ${told.join(', ') || 'everything'}`,
      sql: sqlOf(input, world),
      ours: async () => {
        const found = await ask(workspaceId, input);
        return { answer: ofQuery(found), sources: sourcesOf(found) };
      },
    };
  });
  return { questions, drawn };
}

export const ratios = (measured: readonly Measured[]): { lines: number; columns: number } => ({
  lines: geometric(measured.map(({ lines, ours }) => lines / ours)),
  columns: geometric(measured.map(({ columns, ours }) => columns / ours)),
});

export const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
