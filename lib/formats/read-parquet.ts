import 'server-only';
import { parquetSchema } from 'hyparquet';
import type { Source } from '@/lib/contract/reading';
import { limitColumns } from './limits';
import { decodeParquet } from './parquet-thread';
import { leavesOf, type Leaf } from './parquet-values';
import type { CsvFile } from './write-csv';

/** Writes the rows of a Parquet file as CSV, one row group after the other: so much of it is in memory. */
export async function readParquet(path: string, csv: CsvFile): Promise<Pick<Source, 'named'>> {
  let leaves: (Leaf & { at: number })[] = [];
  await decodeParquet(
    path,
    (metadata) => {
      const root = parquetSchema(metadata);
      const names = root.children.map(({ element }) => element.name);
      leaves = leavesOf(root).map((leaf) => ({ ...leaf, at: names.indexOf(leaf.path[0]!) }));
      limitColumns(leaves.length);
      csv.row(leaves.map(({ name }) => name));
      csv.total = Number(metadata.num_rows);
      return metadata.schema;
    },
    async (rows) => {
      for (const row of rows) csv.row(leaves.map((leaf) => cellOf(row[leaf.at], leaf)));
      await csv.flush();
    },
  );
  return { named: true };
}

function cellOf(value: unknown, { path, show }: Leaf): string {
  let inner = value;
  for (const key of path.slice(1)) inner = (inner as Record<string, unknown> | null | undefined)?.[key];
  return inner === null || inner === undefined ? '' : show(inner);
}
