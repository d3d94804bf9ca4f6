import { revokeKey as revoke } from '@/lib/access/revoke-key';
import { revokeKey } from '@/lib/contract/keys';
import { handle } from '@/lib/http/handle';

export const DELETE = handle(revokeKey, ({ params, workspace, user }) =>
  revoke({ workspaceId: workspace.id, userId: user.id, id: params.id }),
);
