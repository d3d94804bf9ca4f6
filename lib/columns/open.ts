import 'server-only';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { env } from '@/lib/env';

/** DuckDB takes up to three times what it counts, which is what it holds and not what it works with: measured at ten million lines. */
const COUNTED = 1 / 3;

/** What DuckDB counts at most, in bytes. */
export const MOST_COUNTED = Math.floor(env.IMPORT_COLUMNS_MEMORY * COUNTED);

/** DuckDB, for what waits in this folder. */
export async function openColumns(folder: string): Promise<DuckDBInstance> {
  // A server that never imports does without its 60 MB.
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
  return Instance.create(':memory:', {
    memory_limit: `${MOST_COUNTED}B`,
    temp_directory: join(/* turbopackIgnore: true */ folder, 'spilled'),
    // Its allocator keeps what a statement is done with, up to 128 MB: the more lines, the more.
    allocator_flush_threshold: '4MB',
    allocator_bulk_deallocation_flush_threshold: '16MB',
    // Hundreds of thousands of rows wait before they are written, for every one of these.
    write_buffer_row_group_count: '1',
    // PostgreSQL works beside it; every further thread takes memory of its own.
    threads: '1',
    preserve_insertion_order: 'false',
    // Texts are read twice and go: to pack them takes longer than that.
    disabled_compression_methods: 'dictionary,fsst,dict_fsst,zstd',
    // Nothing is fetched from the web or loaded from elsewhere.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}
