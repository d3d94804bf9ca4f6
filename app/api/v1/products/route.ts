import { through } from '@/lib/cache/through';
import { listProducts } from '@/lib/contract/members';
import { listProducts as read } from '@/lib/dimensions/products';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listProducts, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listProducts', query], load: () => read(id, query) })),
);
