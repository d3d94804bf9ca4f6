import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { purchase, selectLines } from './compile-lines';
import { cellsOf, type Cut } from './cut';
import { lines, reach, type Choice, type Ground } from './plan';

/** How many baskets hold both of two rows of the cut. */
export interface Pairs {
  pairs: { a: string; b: string; baskets: number }[];
  choice: Choice;
  rowsRead: number;
  ms: number;
}

/** Baskets that two rows share, from the lines: bounded by the rows that the cut is filtered to. */
export async function readPairs(snapshot: Snapshot, cut: Cut, range: Range, ground: Ground): Promise<Pairs> {
  const started = performance.now();
  const reached = reach(range, ground.facts.data);
  if (!reached || cellsOf(cut).every((cell) => cell.nodes.length === 0)) {
    return { pairs: [], choice: { parts: [], rejected: [] }, rowsRead: 0, ms: performance.now() - started };
  }
  const choice = lines(reached, ground.forceLines ? 'forced' : 'basket_pairs');
  const { key, from } = selectLines(cut, { source: 'lines', spans: [reached] }, ground);
  const rows = await snapshot.$queryRaw<{ a: string | null; b: string | null; baskets: number }[]>(sql.sql`
    WITH held AS MATERIALIZED (
      SELECT ${key} AS key, l.basket_id, count(*) AS read
      ${from} AND l.basket_id IS NOT NULL AND ${purchase} GROUP BY 1, 2)
    SELECT a.key AS a, b.key AS b, count(*)::int AS baskets
    FROM held a JOIN held b ON b.basket_id = a.basket_id AND a.key COLLATE "C" < b.key COLLATE "C" GROUP BY 1, 2
    UNION ALL SELECT NULL, NULL, sum(read)::int FROM held`);
  return {
    pairs: rows.flatMap(({ a, b, baskets }) => (a !== null && b !== null ? [{ a, b, baskets }] : [])),
    choice,
    rowsRead: rows.find(({ a }) => a === null)?.baskets ?? 0,
    ms: performance.now() - started,
  };
}
