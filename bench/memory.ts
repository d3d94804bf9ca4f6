import { readFileSync } from 'node:fs';
import { Client } from 'pg';

/** Peaks in megabytes. `own` leaves out the buffers that all of PostgreSQL's processes share. */
export interface Peak {
  resident: number;
  own: number;
}

function read(pid: number): Peak | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (field: string): number =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return { resident: of('VmRSS'), own: of('VmRSS') - of('RssShmem') };
  } catch {
    return null;
  }
}

const isPostgres = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
};

/**
 * Samples this process and the backends that work for it, ten times a second, until stopped. Null where the processes
 * cannot be seen: another system than Linux, or PostgreSQL on another machine.
 */
export async function sampleMemory(url: string): Promise<() => Promise<{ node: Peak; postgres: Peak } | null>> {
  const watcher = new Client({ connectionString: url, application_name: 'bench-memory' });
  await watcher.connect();
  const node: Peak = { resident: 0, own: 0 };
  const postgres: Peak = { resident: 0, own: 0 };
  let busy = false;
  const sample = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const { rows } = await watcher.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    raise(node, [read(process.pid)]);
    raise(
      postgres,
      rows.map(({ pid }) => (isPostgres(pid) ? read(pid) : null)),
    );
    busy = false;
  };
  const timer = setInterval(() => void sample().catch(() => undefined), 100);
  return async () => {
    clearInterval(timer);
    await watcher.end();
    return node.resident > 0 && postgres.resident > 0 ? { node, postgres } : null;
  };
}

/** Processes at one moment: their own memory adds up, of what they share the largest share counts. */
function raise(peak: Peak, found: (Peak | null)[]): void {
  const seen = found.filter((one) => one !== null);
  if (seen.length === 0) return;
  const own = seen.reduce((sum, one) => sum + one.own, 0);
  const shared = Math.max(...seen.map((one) => one.resident - one.own));
  peak.own = Math.max(peak.own, own);
  peak.resident = Math.max(peak.resident, own + shared);
}
