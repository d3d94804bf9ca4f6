import { listImports, readImport } from '@/lib/ingest/read';
import { restore } from '@/lib/ingest/restore';
import { revert } from '@/lib/ingest/revert';
import type { pause } from '@/lib/ingest/halt';
import type { ImportSummary } from '@/lib/contract/imports';
import { Fault } from '../fault';
import type { Workspace } from './find-workspace';
import { load } from './load';
import type { Settings } from './settings';

/** Prints the imports of the workspace, newest first. */
export async function listAll(workspaceId: number, json: boolean): Promise<void> {
  const items: ImportSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await listImports(workspaceId, { limit: 100, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  if (json) {
    console.log(JSON.stringify(items, null, 2));
    return;
  }
  if (items.length === 0) console.log('Nothing was loaded yet.');
  for (const { id, state, kind, fileName, rowsAccepted, createdAt } of items)
    console.log(
      `${String(id).padStart(5)}  ${state.padEnd(10)} ${kind.padEnd(12)} ${(rowsAccepted ?? 0).toLocaleString('en').padStart(11)} rows  ${createdAt.slice(0, 10)}  ${fileName}`,
    );
}

/** Takes an import out again. */
export async function revertOne(workspaceId: number, importId: number, json: boolean): Promise<void> {
  await revert({ workspaceId, importId, userId: null });
  await tell(workspaceId, importId, json, 'is taken out again');
}

/** Brings a reverted import back. */
export async function restoreOne(workspaceId: number, importId: number, json: boolean): Promise<void> {
  await restore({ workspaceId, importId, userId: null });
  await tell(workspaceId, importId, json, 'is back');
}

async function tell(workspaceId: number, importId: number, json: boolean, what: string): Promise<void> {
  const { fileName, ...rest } = await readImport(workspaceId, importId);
  console.log(json ? JSON.stringify({ ...rest, fileName }, null, 2) : `Import ${importId} (${fileName}) ${what}.`);
}

const resumable: readonly ImportSummary['state'][] = ['uploaded', 'validating', 'paused', 'validated', 'publishing'];

/** Goes on with an import that was left on its way: checks what is not checked yet, then publishes. */
export async function resumeOne(workspace: Workspace, importId: number, settings: Settings): Promise<void> {
  const { state, kind, fileName } = await readImport(workspace.id, importId);
  if (!resumable.includes(state))
    throw new Fault(`Import ${importId} (${fileName}) is ${state}; there is nothing to go on with.`);
  const result = await load(workspace, { id: importId, kind, file: fileName }, settings);
  if (settings.json) console.log(JSON.stringify(result, null, 2));
}

/** Pauses a check, or gives up what is under way, wherever it runs. */
export async function haltOne(halt: typeof pause, workspaceId: number, importId: number, json: boolean): Promise<void> {
  await halt({ workspaceId, importId });
  const { fileName, state, ...rest } = await readImport(workspaceId, importId);
  console.log(
    json ? JSON.stringify({ ...rest, fileName, state }, null, 2) : `Import ${importId} (${fileName}) is ${state}.`,
  );
}
