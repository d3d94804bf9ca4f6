import 'server-only';
import { join } from 'node:path';
import { env } from '@/lib/env';

/** The folder of what a connector is gathering. */
export const placeFor = (workspaceId: number, connectorId: number): string =>
  join(/* turbopackIgnore: true */ env.DATA_DIR, 'connectors', String(workspaceId), String(connectorId));
