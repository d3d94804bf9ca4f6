import { dropTemplateFix } from '@/lib/contract/templates';
import { handle } from '@/lib/http/handle';
import { dropTemplateFix as drop } from '@/lib/mapping/template-fixes';
import { readTemplate } from '@/lib/mapping/templates';

export const DELETE = handle(dropTemplateFix, async ({ params: { id }, query: { column, from }, user, workspace }) => {
  await drop({ workspaceId: workspace.id, userId: user.id, id, column, from });
  return readTemplate(workspace.id, id);
});
