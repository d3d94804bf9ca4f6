import { draftCorrections, listCorrections } from '@/lib/contract/corrections';
import { draftCorrections as draft } from '@/lib/corrections/draft';
import { listCorrections as list } from '@/lib/corrections/list';
import { handle } from '@/lib/http/handle';

export const GET = handle(listCorrections, ({ query, workspace }) => list(workspace.id, query));

export const POST = handle(draftCorrections, async ({ body: { corrections }, user, workspace }) => ({
  items: await draft({ workspaceId: workspace.id, userId: user.id }, corrections),
}));
