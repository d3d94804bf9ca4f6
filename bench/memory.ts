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

/** Seconds of a processor that a process has used so far; the kernel counts in hundredths. */
function usedBy(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

export interface Peaks {
  node: Peak;
  postgres: Peak;
  /** The most at one moment: each has its own peak at another. */
  together: Peak;
}

export interface Watch {
  /** Seconds of a processor that all of them have used since the watch began. */
  processor: () => number;
  /** The most megabytes that this process has held since it was last asked. */
  held: () => number;
  /** Null where the processes cannot be seen: another system than Linux, or PostgreSQL on another machine. */
  stop: () => Promise<Peaks | null>;
}

/** Samples this process and the backends that work for it, ten times a second, until stopped. */
export async function watchProcesses(url: string): Promise<Watch> {
  const watcher = new Client({ connectionString: url, application_name: 'bench-memory' });
  await watcher.connect();
  const node: Peak = { resident: 0, own: 0 };
  const postgres: Peak = { resident: 0, own: 0 };
  const together: Peak = { resident: 0, own: 0 };
  const used = new Map<number, { first: number; last: number }>();
  const note = (pid: number, first?: number): void => {
    const last = usedBy(pid);
    if (last !== null) used.set(pid, { first: used.get(pid)?.first ?? first ?? last, last });
  };
  let held = 0;
  let busy = false;
  let begun = false;
  const sample = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const { rows } = await watcher.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    for (const { pid } of rows) if (isPostgres(pid)) note(pid, begun ? 0 : undefined);
    begun = true;
    const own = read(process.pid);
    held = Math.max(held, own?.own ?? 0);
    const backends = rows.map(({ pid }) => (isPostgres(pid) ? read(pid) : null));
    raise(node, [own]);
    raise(postgres, backends);
    raise(together, [own, ...backends]);
    busy = false;
  };
  await sample();
  const timer = setInterval(() => void sample().catch(() => undefined), 100);
  return {
    processor: () => {
      for (const pid of [process.pid, ...used.keys()]) note(pid);
      return [...used.values()].reduce((sum, { first, last }) => sum + last - first, 0);
    },
    held: () => {
      const most = held;
      held = 0;
      return most;
    },
    stop: async () => {
      clearInterval(timer);
      await watcher.end();
      return node.resident > 0 && postgres.resident > 0 ? { node, postgres, together } : null;
    },
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
