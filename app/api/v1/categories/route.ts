import { through } from '@/lib/cache/through';
import { listCategories } from '@/lib/contract/members';
import { listCategories as read } from '@/lib/dimensions/categories';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listCategories, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listCategories', query], load: () => read(id, query) })),
);
