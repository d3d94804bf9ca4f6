import { through } from '@/lib/cache/through';
import { listStores } from '@/lib/contract/members';
import { listStores as read } from '@/lib/dimensions/stores';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listStores, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listStores', query], load: () => read(id, query) })),
);
