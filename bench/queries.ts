import type { QueryResponse, QuerySpec } from '@/lib/contract/query';
import { runQuery } from '@/lib/query/run';
import type { PageQuery } from './pages';
import { printTable, type Cell } from './table';

/** Runs every query from the rollups and from the lines. True when each pair of answers is the same to the last digit. */
export async function compareQueries(workspaceId: number, queries: PageQuery[], repeat: number): Promise<boolean> {
  const rows: Cell[][] = [];
  const logs: number[] = [];
  const differing: string[] = [];
  let slowest = 0;
  for (const { page, name, spec } of queries) {
    const ask = (forceLines: boolean) => (): Promise<QueryResponse> => runQuery(workspaceId, spec, { forceLines });
    const ours = await median(ask(false), repeat);
    // Their pages are in the buffers by now, as far as they fit.
    const lines = await median(ask(true), Math.ceil(repeat / 2), false);
    const equal = sameAnswer(ours.answer, lines.answer);
    if (!equal) differing.push(`${page}: ${name}`);
    logs.push(Math.log(lines.ms / ours.ms));
    slowest = Math.max(slowest, ours.ms);
    rows.push([page, name, sourcesOf(spec, ours.answer), ours.ms, lines.ms, lines.ms / ours.ms, equal ? 'yes' : 'NO']);
  }
  printTable(
    'Queries of the pages, without a response cache',
    ['page', 'query', 'read from', 'ms', 'ms from lines', 'ratio', 'equal'],
    rows,
  );
  const mean = Math.exp(logs.reduce((sum, one) => sum + one, 0) / logs.length);
  console.log(
    `\n${queries.length} queries; from the lines they take ${mean.toFixed(1)} times as long (geometric mean); the slowest takes ${slowest.toFixed(0)} ms.`,
  );
  if (differing.length > 0) console.log(`Answers differ: ${differing.join('; ')}`);
  return differing.length === 0;
}

async function median(
  ask: () => Promise<QueryResponse>,
  times: number,
  warm = true,
): Promise<{ answer: QueryResponse; ms: number }> {
  // The first fills PostgreSQL's buffers and is not counted.
  let answer = warm ? await ask() : null;
  const taken: number[] = [];
  for (let at = 0; at < times; at++) {
    const started = performance.now();
    answer = await ask();
    taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  if (!answer) throw new Error('Nothing was asked.');
  return { answer, ms: taken[Math.floor(times / 2)] ?? 0 };
}

const sourcesOf = ({ metrics }: QuerySpec, { meta }: QueryResponse): string =>
  [...new Set(metrics.flatMap((id) => meta.metrics[id]?.source?.split(' + ') ?? []))].sort().join(' + ');

/** Everything but how it was computed. */
function sameAnswer(a: QueryResponse, b: QueryResponse): boolean {
  const what = ({ rows, totals, rowCount, nextCursor }: QueryResponse): string =>
    JSON.stringify({ rows, totals, rowCount, nextCursor });
  return what(a) === what(b);
}
