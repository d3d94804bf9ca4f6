import { through } from '@/lib/cache/through';
import { listManufacturers } from '@/lib/contract/members';
import { listManufacturers as read } from '@/lib/dimensions/named';
import { Answered } from '@/lib/http/answered';
import { handle } from '@/lib/http/handle';

export const GET = handle(listManufacturers, async ({ query: { workspace: _, ...query }, workspace: { id } }) =>
  Answered.of(await through({ workspaceId: id, what: ['listManufacturers', query], load: () => read(id, query) })),
);
