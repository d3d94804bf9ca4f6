import type { DuckDBDataChunk } from '@duckdb/node-api';

/** A column of integers, in words of 32 bits as DuckDB holds them: `wide` ones have two, the lower first. */
export interface Column {
  wide: boolean;
  words: Int32Array;
}

/** The columns of a chunk, INTEGER or BIGINT. As arrays of numbers they would take several times as long: each bigint is an object. */
export function columnsOf(chunk: DuckDBDataChunk): Column[] {
  return Array.from({ length: chunk.columnCount }, (_, at) => {
    const vector = chunk.getColumnVector(at) as unknown as { items?: unknown };
    const { items } = vector;
    if (items instanceof Int32Array) return { wide: false, words: items };
    if (items instanceof BigInt64Array)
      return { wide: true, words: new Int32Array(items.buffer, items.byteOffset, 2 * items.length) };
    throw new Error(`Column ${at} holds neither INTEGER nor BIGINT.`);
  });
}
