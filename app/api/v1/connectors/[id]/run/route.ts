import { runConnector } from '@/lib/contract/connectors';
import { handle } from '@/lib/http/handle';
import { requestRun } from '@/lib/jobs/request-connector';

export const POST = handle(runConnector, ({ params, workspace, user }) =>
  requestRun({ workspaceId: workspace.id, connectorId: params.id, userId: user.id }),
);
