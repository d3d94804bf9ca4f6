import { existsSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

/** Settings for one analyst's machine: modest memory, quick bulk loading. */
export function serverSettings(cluster: string, port: number, throwaway: boolean): string[] {
  const memory = Math.floor(totalmem() / 1024 ** 2);
  const disk = statfsSync(cluster);
  const free = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2);
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '80',
    shared_buffers: `${Math.max(64, Math.min(512, Math.floor(memory / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2))}MB`,
    work_mem: memory > 4_000 ? '32MB' : '16MB',
    maintenance_work_mem: memory > 4_000 ? '256MB' : '64MB',
    // A checkpoint at half of it: whatever of an index a large import touches afterwards is logged whole once more. As it is: to
    // pack those pages (wal_compression) took twice as long as writing the rows.
    max_wal_size: `${Math.max(2_048, Math.min(4_096, Math.floor(free / 10)))}MB`,
    checkpoint_timeout: '15min',
    // No replicas hang on this server, so bulk loads need not be logged in full.
    wal_level: 'minimal',
    max_wal_senders: '0',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
  };
  if (throwaway) Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  // Containers often give /dev/shm 64 MB, too little for parallel queries.
  if (process.platform === 'linux' && existsSync('/dev/shm')) {
    const { blocks, bsize } = statfsSync('/dev/shm');
    if (blocks * bsize < 512 * 1024 ** 2) settings.dynamic_shared_memory_type = 'mmap';
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
