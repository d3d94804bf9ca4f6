import { through } from '@/lib/cache/through';
import { listAttributes } from '@/lib/contract/members';
import { listAttributes as read } from '@/lib/dimensions/attributes';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listAttributes, async ({ workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listAttributes'], load: () => read(id) })),
);
