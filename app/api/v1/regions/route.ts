import { through } from '@/lib/cache/through';
import { listRegions } from '@/lib/contract/members';
import { listRegions as read } from '@/lib/dimensions/named';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listRegions, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listRegions', query], load: () => read(id, query) })),
);
