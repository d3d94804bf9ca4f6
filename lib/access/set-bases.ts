import 'server-only';
import type { Bases } from '@/lib/contract/workspaces';
import { changeWorkspace } from './change-workspace';

interface Change {
  workspaceId: number;
  userId: string;
  /** What is left out stays as it is. */
  bases: Partial<{ [Name in keyof Bases]: Bases[Name] | undefined }>;
}

/** Sets what shopper metrics rest on; answers the data version from which on it holds. */
export function setBases({ workspaceId, userId, bases }: Change): Promise<number> {
  const { universe, lowBase } = bases;
  const set = [
    ...(universe === undefined ? [] : [['universe', universe] as const]),
    ...(lowBase === undefined ? [] : [['low_base', lowBase] as const]),
  ];
  return changeWorkspace({ workspaceId, userId, setting: 'bases', detail: { ...bases }, set });
}
