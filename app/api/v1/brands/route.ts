import { through } from '@/lib/cache/through';
import { listBrands } from '@/lib/contract/members';
import { listBrands as read } from '@/lib/dimensions/brands';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listBrands, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listBrands', query], load: () => read(id, query) })),
);
