// Whoever has just published is shown nothing older: reads name the newest version that this browser has seen.

const seen = new Map<string, number>();

export function noteSeen(workspace: string, version: number): void {
  if (version > (seen.get(workspace) ?? 0)) seen.set(workspace, version);
}

export const seenVersion = (workspace: string): number | undefined => seen.get(workspace);
