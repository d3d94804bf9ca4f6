import { analysisSpec, type AnalysisInput, type AnalysisResponse } from '@/lib/contract/analyses';
import { runStudy } from './run';

/** Asks as a client would: the contract checks and fills in. */
export const ask = (workspaceId: number, input: AnalysisInput, forceLines = false): Promise<AnalysisResponse> =>
  runStudy(workspaceId, analysisSpec.parse(input), { forceLines });

/** A table as text, a row a line, numbers rounded to four digits. */
export const tableOf = ({ tables }: AnalysisResponse, id: string): string[] =>
  (tables.find((table) => table.id === id)?.rows ?? []).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(Math.round(cell * 1e4) / 1e4) : (cell ?? 'n/a'))).join(' | '),
  );

/** The answer from the rollups and from the lines, without what tells the two apart. */
export async function bothWays(
  workspaceId: number,
  input: AnalysisInput,
): Promise<[unknown, unknown, AnalysisResponse]> {
  const [rollups, lines] = await Promise.all([ask(workspaceId, input), ask(workspaceId, input, true)]);
  return [{ ...rollups, meta: null }, { ...lines, meta: null }, rollups];
}
