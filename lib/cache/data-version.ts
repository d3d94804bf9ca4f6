import 'server-only';
import { db } from '@/lib/db/client';
import { guarded } from '@/lib/db/breaker';

const freshMs = 1_000;
/** Longer than a healthy database ever takes, shorter than a reader's patience. */
const patienceMs = 500;

interface Known {
  version: number;
  at: number;
}

const keep = globalThis as {
  brandlensVersions?: Map<number, Known>;
  brandlensVersionReads?: Map<number, Promise<number>>;
};
const known = (keep.brandlensVersions ??= new Map());
const reading = (keep.brandlensVersionReads ??= new Map());

async function read(workspaceId: number): Promise<number> {
  const { dataVersion } = await guarded(() =>
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { dataVersion: true } }),
  );
  const version = Number(dataVersion);
  known.set(workspaceId, { version, at: Date.now() });
  return version;
}

/** The workspace's data version, a second old at most; null when the database does not say in time. */
export async function currentVersion(workspaceId: number): Promise<number | null> {
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

/** The process that has just changed the data knows it without asking. */
export function noteVersion(workspaceId: number, version: number): void {
  known.set(workspaceId, { version, at: Date.now() });
}
