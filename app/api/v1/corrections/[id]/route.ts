import { dropCorrection } from '@/lib/contract/corrections';
import { dropCorrection as drop } from '@/lib/corrections/draft';
import { handle } from '@/lib/http/handle';

export const DELETE = handle(dropCorrection, async ({ params: { id }, user, workspace }) => {
  await drop({ workspaceId: workspace.id, userId: user.id }, id);
  return { deleted: true };
});
