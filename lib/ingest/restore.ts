import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { checkFile } from './check';
import { publish, type Change } from './publish';
import { readImport } from './read';
import { prepareRestore, stateOf } from './state';

/** Brings a reverted import back from its kept file: checked again, then published, with the place it had before. */
export async function restore(change: Change): Promise<void> {
  const { workspaceId, importId, onProgress } = change;
  if ((await stateOf(workspaceId, importId)) === 'published') return;
  await prepareRestore(change);
  const { mapping } = await readImport(workspaceId, importId);
  if (!mapping) throw new ApiError('conflict', `Import ${importId} was never checked; there is nothing to restore.`);
  await checkFile({ workspaceId, importId, mapping, ...(onProgress && { onProgress }) });
  const { state, error } = await readImport(workspaceId, importId);
  if (state !== 'validated') throw new ApiError('conflict', error ?? `Import ${importId} is ${state}.`);
  await publish(change);
}
