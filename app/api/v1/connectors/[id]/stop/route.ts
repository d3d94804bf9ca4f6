import { stopConnector as stop } from '@/lib/connectors/stop';
import { stopConnector } from '@/lib/contract/connectors';
import { handle } from '@/lib/http/handle';

export const POST = handle(stopConnector, ({ params, workspace, user }) =>
  stop({ workspaceId: workspace.id, connectorId: params.id, userId: user.id }),
);
