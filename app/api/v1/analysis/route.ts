import { studyCached } from '@/lib/cache/study';
import { readAnalysis, runAnalysis } from '@/lib/contract/analyses';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(readAnalysis, async ({ query, workspace }) =>
  Answered.of(await studyCached(workspace.id, query.q)),
);

export const POST = handle(runAnalysis, async ({ body, workspace }) =>
  Answered.of(await studyCached(workspace.id, body)),
);
