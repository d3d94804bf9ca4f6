import 'server-only';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { limitColumns } from './limits';
import { leavesOf, parsers, type Leaf } from './parquet-values';
import type { CsvFile } from './write-csv';

type File = Awaited<ReturnType<typeof asyncBufferFromFile>>;

/** Writes the rows of a Parquet file as CSV, one row group after the other: so much of it is in memory. */
export async function readParquet(path: string, csv: CsvFile): Promise<Pick<Source, 'named'>> {
  const file = await asyncBufferFromFile(path);
  const metadata = await sound(() => parquetMetadataAsync(file, { parsers, geoparquet: false }));
  const root = parquetSchema(metadata);
  const names = root.children.map(({ element }) => element.name);
  const leaves = leavesOf(root).map((leaf) => ({ ...leaf, at: names.indexOf(leaf.path[0]!) }));
  limitColumns(leaves.length);
  csv.row(leaves.map(({ name }) => name));
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    const rows = await sound(() => readGroup(file, metadata, rowStart, rowEnd));
    for (const row of rows) {
      csv.row(leaves.map((leaf) => cellOf(row[leaf.at], leaf)));
      await csv.flush();
    }
    rowStart = rowEnd;
  }
  return { named: true };
}

async function readGroup(file: File, metadata: FileMetaData, rowStart: number, rowEnd: number): Promise<unknown[][]> {
  let found: unknown[][] = [];
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors,
    parsers,
    geoparquet: false,
    utf8: false,
    onComplete: (rows) => (found = rows),
  });
  return found;
}

function cellOf(value: unknown, { path, show }: Leaf): string {
  let inner = value;
  for (const key of path.slice(1)) inner = (inner as Record<string, unknown> | null | undefined)?.[key];
  return inner === null || inner === undefined ? '' : show(inner);
}

async function sound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError('unprocessable', `The Parquet file is damaged, or written in a way that is not known (${why}).`);
  }
}
