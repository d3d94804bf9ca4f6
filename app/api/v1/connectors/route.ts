import { listConnectors as list } from '@/lib/connectors/list';
import { createConnector as create } from '@/lib/connectors/save';
import { createConnector, listConnectors } from '@/lib/contract/connectors';
import { handle } from '@/lib/http/handle';

export const GET = handle(listConnectors, async ({ workspace }) => ({ items: await list(workspace.id) }));

export const POST = handle(createConnector, ({ body, workspace, user }) =>
  create({ workspaceId: workspace.id, userId: user.id }, body),
);
