import { answerCached } from '@/lib/cache/answer';
import { readQuery, runQuery } from '@/lib/contract/query';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(readQuery, async ({ query, workspace }) =>
  Answered.of(await answerCached(workspace.id, query.q)),
);

export const POST = handle(runQuery, async ({ body, workspace }) =>
  Answered.of(await answerCached(workspace.id, body)),
);
