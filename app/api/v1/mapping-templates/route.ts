import { seesRows } from '@/lib/access/permit';
import { listTemplates } from '@/lib/contract/templates';
import { handle } from '@/lib/http/handle';
import { showTemplates } from '@/lib/mapping/templates';

export const GET = handle(listTemplates, async ({ workspace, scope }) => ({
  items: await showTemplates(workspace.id, seesRows(workspace.role, scope)),
}));
