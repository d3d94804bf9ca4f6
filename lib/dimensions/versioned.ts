import 'server-only';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';

export interface Versioned<T> {
  data: T;
  dataVersion: number;
}

/** Reads members and the data version they belong to from one snapshot. */
export function versioned<T>(workspaceId: number, read: (snapshot: Snapshot) => Promise<T>): Promise<Versioned<T>> {
  return inSnapshot(async (snapshot) => {
    const { dataVersion } = await snapshot.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { dataVersion: true },
    });
    return { data: await read(snapshot), dataVersion: Number(dataVersion) };
  });
}
