import { pushTransactions } from '@/lib/contract/push';
import { handle } from '@/lib/http/handle';
import { readLines } from '@/lib/http/lines';
import { requiredKey } from '@/lib/http/once';
import { push } from '@/lib/jobs/push';

export { OPTIONS } from '@/lib/http/handle';

export const POST = handle(
  pushTransactions,
  async ({ query: { workspace: _, ...options }, workspace, user, request }) => {
    const key = requiredKey(request.headers);
    const lines = await readLines(request);
    return push({ workspaceId: workspace.id, userId: user.id, key, lines, options });
  },
);
