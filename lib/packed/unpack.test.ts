import { describe, expect, it } from 'vitest';
import { unpack } from './unpack';

/** As array_send writes: dimensions, nulls, type, length, lower bound, then each element with its size. */
function sent(type: number, size: number, values: readonly bigint[]): Uint8Array {
  const bytes = Buffer.alloc(20 + values.length * (4 + size));
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(type, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  for (const [index, value] of values.entries()) {
    const at = 20 + index * (4 + size);
    bytes.writeInt32BE(size, at);
    if (size === 2) bytes.writeInt16BE(Number(value), at + 4);
    else if (size === 4) bytes.writeInt32BE(Number(value), at + 4);
    else bytes.writeBigInt64BE(value, at + 4);
  }
  return bytes;
}

describe('a list as PostgreSQL sends it', () => {
  it('is as narrow as its type, a bigint as its numbers', () => {
    expect(unpack(sent(21, 2, [-3n, 31n]))).toEqual(Int16Array.of(-3, 31));
    expect(unpack(sent(23, 4, [-70_000n, 2_147_483_647n]))).toEqual(Int32Array.of(-70_000, 2_147_483_647));
    expect(unpack(sent(20, 8, [-2_147_483_648n, 2_147_483_647n, 0n, -1n]))).toEqual(
      Int32Array.of(-2_147_483_648, 2_147_483_647, 0, -1),
    );
    expect(unpack(sent(20, 8, [-5n, 2_147_483_648n]))).toEqual(Float64Array.of(-5, 2_147_483_648));
    expect(unpack(sent(20, 8, [9_007_199_254_740_991n, -9_007_199_254_740_991n]))).toEqual(
      Float64Array.of(9_007_199_254_740_991, -9_007_199_254_740_991),
    );
  });

  it('of nothing is empty, and of another type is refused', () => {
    expect(unpack(Buffer.alloc(12))).toHaveLength(0);
    expect(() => unpack(sent(25, 4, [1n]))).toThrow('Lists of type 25 are not read.');
  });
});
