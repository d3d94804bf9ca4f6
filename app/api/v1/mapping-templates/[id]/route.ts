import { forgetTemplate, renameTemplate } from '@/lib/contract/templates';
import { handle } from '@/lib/http/handle';
import { forgetTemplate as forget, renameTemplate as rename } from '@/lib/mapping/templates';

export const PATCH = handle(renameTemplate, ({ params: { id }, body: { name }, user, workspace }) =>
  rename({ workspaceId: workspace.id, userId: user.id, id, name }),
);

export const DELETE = handle(forgetTemplate, async ({ params: { id }, user, workspace }) => {
  await forget({ workspaceId: workspace.id, userId: user.id, id });
  return { deleted: true };
});
