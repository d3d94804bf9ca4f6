import 'server-only';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';

export interface Versioned<T> {
  data: T;
  dataVersion: number;
}

/** Reads members and the data version they belong to from one snapshot. */
export function versioned<T>(workspaceId: number, read: (snapshot: Snapshot) => Promise<T>): Promise<Versioned<T>> {
  return inSnapshot(async (snapshot) => {
    const [row] = await snapshot.$queryRaw<{ data_version: bigint }[]>`
      SELECT data_version FROM workspace WHERE id = ${workspaceId}`;
    if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
    return { data: await read(snapshot), dataVersion: Number(row.data_version) };
  });
}
