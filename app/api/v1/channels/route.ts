import { through } from '@/lib/cache/through';
import { listChannels } from '@/lib/contract/members';
import { listChannels as read } from '@/lib/dimensions/named';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listChannels, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listChannels', query], load: () => read(id, query) })),
);
