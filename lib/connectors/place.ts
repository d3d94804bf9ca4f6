import 'server-only';
import { join } from 'node:path';
import { folderOf } from '@/lib/files/folder';

/** The folder of what a connector is gathering. */
export const placeFor = (workspaceId: number, connectorId: number): string =>
  join(folderOf('connectors', workspaceId), String(connectorId));
