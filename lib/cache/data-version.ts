import 'server-only';
import { db } from '@/lib/db/client';
import { guarded } from '@/lib/db/breaker';

const freshMs = 1_000;
/** Longer than a healthy database ever takes, shorter than a reader's patience. */
const patienceMs = 500;

export interface Version {
  data: number;
  /** The data version that the last change of a custom group made: older answers about groups show others. */
  groups: number;
}

interface Known {
  version: Version;
  at: number;
}

const keep = globalThis as {
  brandlensVersions?: Map<number, Known>;
  brandlensVersionReads?: Map<number, Promise<Version>>;
};
const known = (keep.brandlensVersions ??= new Map());
const reading = (keep.brandlensVersionReads ??= new Map());

async function read(workspaceId: number): Promise<Version> {
  const { dataVersion, groupsVersion } = await guarded(() =>
    db.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { dataVersion: true, groupsVersion: true },
    }),
  );
  const version = { data: Number(dataVersion), groups: Number(groupsVersion) };
  known.set(workspaceId, { version, at: Date.now() });
  return version;
}

/** The workspace's data version, a second old at most; null when the database does not say in time. */
export async function currentVersion(workspaceId: number): Promise<Version | null> {
  const last = known.get(workspaceId);
  if (last && Date.now() - last.at < freshMs) return last.version;
  const flight = reading.get(workspaceId) ?? read(workspaceId).finally(() => void reading.delete(workspaceId));
  reading.set(workspaceId, flight);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  try {
    return await Promise.race([flight.catch(() => null), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** The process that has just changed the data knows it without asking; `groups`: it changed a group. */
export function noteVersion(workspaceId: number, data: number, { groups = false } = {}): void {
  const last = known.get(workspaceId)?.version.groups;
  if (groups || last !== undefined) {
    known.set(workspaceId, { version: { data, groups: groups ? data : (last ?? data) }, at: Date.now() });
  }
}
