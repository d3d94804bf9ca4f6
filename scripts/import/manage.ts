import { listImports, readImport } from '@/lib/ingest/read';
import { revert } from '@/lib/ingest/revert';
import type { ImportSummary } from '@/lib/contract/imports';

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
  const { fileName, ...rest } = await readImport(workspaceId, importId);
  console.log(
    json ? JSON.stringify({ ...rest, fileName }, null, 2) : `Import ${importId} (${fileName}) is taken out again.`,
  );
}
