import { call } from './call';
import { ApiFailure } from './failure';
import { runQuery, type QueryInput, type QueryResponse } from '@/lib/contract/query';

/** Every row of a question, page by page. Data that changes on the way is read once more from the start: pages of two versions do not fit. */
export async function readAll(
  workspace: string,
  { cursor: _, ...question }: QueryInput,
  tries = 2,
): Promise<QueryResponse> {
  const ask = (cursor?: string) =>
    call(runQuery, { query: { workspace }, body: { ...question, limit: 100, ...(cursor && { cursor }) } });
  try {
    const first = await ask();
    const rows = [...first.rows];
    for (let next = first.nextCursor; next;) {
      const page = await ask(next);
      rows.push(...page.rows);
      next = page.nextCursor;
    }
    return { ...first, rows, nextCursor: null };
  } catch (error) {
    if (tries > 1 && error instanceof ApiFailure && error.code === 'conflict')
      return readAll(workspace, question, tries - 1);
    throw error;
  }
}
