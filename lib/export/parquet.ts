import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Pages, Value } from './pages';
import type { Column, Kind } from './tables';

// The writer's own: another version of the reader that its types come from stands beside it.
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

function elementOf({ name, kind }: Column): SchemaElement {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (typeof kind === 'object')
    return { ...optional, type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: kind.decimal };
  switch (kind) {
    case 'date':
      return { ...optional, type: 'INT32', converted_type: 'DATE' };
    case 'whole':
      return { ...optional, type: 'INT64' };
    case 'boolean':
      return { ...optional, type: 'BOOLEAN' };
    case 'text':
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  }
}

function valueOf(value: Value, kind: Kind): unknown {
  if (value === null) return null;
  if (kind === 'date') return new Date(`${String(value)}T00:00:00Z`);
  if (kind === 'whole' || typeof kind === 'object') return BigInt(value);
  return value;
}

/** Rows that are compressed together. */
const groupSize = 50_000;

/** The file as bytes, a row group a piece. */
export async function* asParquet({ columns, pages }: Pages): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)];
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'Brandlens' });
  const written = (): Uint8Array => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  const write = async (rows: Value[][]): Promise<void> => {
    const columnData = columns.map(({ name, kind }, at) => ({
      name,
      data: rows.map((row) => valueOf(row[at]!, kind)),
    }));
    await writer.write({ columnData, rowGroupSize: groupSize });
  };
  let rows: Value[][] = [];
  for await (const page of pages) {
    rows = rows.length === 0 ? page : rows.concat(page);
    if (rows.length < groupSize) continue;
    await write(rows);
    rows = [];
    yield written();
  }
  if (rows.length > 0) await write(rows);
  await writer.finish();
  yield written();
}
