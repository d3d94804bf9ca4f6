import { through } from '@/lib/cache/through';
import { getBrand } from '@/lib/contract/members';
import { getBrand as read } from '@/lib/dimensions/brands';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(getBrand, async ({ params, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['getBrand', params.id], load: () => read(id, params.id) })),
);
