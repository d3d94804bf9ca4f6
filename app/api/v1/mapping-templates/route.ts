import { seesRows } from '@/lib/access/permit';
import { listTemplates } from '@/lib/contract/templates';
import { handle } from '@/lib/http/handle';
import { listTemplates as list } from '@/lib/mapping/templates';

export const GET = handle(listTemplates, async ({ workspace, scope }) => {
  const items = await list(workspace.id);
  // What is set right is what cells of files say.
  return { items: seesRows(workspace.role, scope) ? items : items.map((one) => ({ ...one, fixes: [] })) };
});
