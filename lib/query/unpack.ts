// Lists of numbers as PostgreSQL sends them (array_send): a head of twelve bytes, then for each dimension its length and
// lower bound, then each element as its length and its big-endian bytes. Parsed as text a million numbers take seconds.

const int2 = 21;
const int4 = 23;
const int8 = 20;

/** A one-dimensional list without nulls of int2, int4 or int8. Numbers beyond 2^53 lose their last digits. */
export function unpack(sent: Uint8Array): Float64Array {
  const view = new DataView(sent.buffer, sent.byteOffset, sent.byteLength);
  if (view.getInt32(0) === 0) return new Float64Array(0);
  const type = view.getInt32(8);
  const length = view.getInt32(12);
  const numbers = new Float64Array(length);
  let at = 24;
  if (type === int4) for (let index = 0; index < length; index++, at += 8) numbers[index] = view.getInt32(at);
  else if (type === int2) for (let index = 0; index < length; index++, at += 6) numbers[index] = view.getInt16(at);
  else if (type === int8) {
    for (let index = 0; index < length; index++, at += 12) {
      numbers[index] = view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4);
    }
  } else throw new Error(`Lists of type ${type} are not read.`);
  return numbers;
}

/** The bytes of a bit string as it is sent (bit_send): its length in bits stands before it. */
export const unpackBits = (sent: Uint8Array): Uint8Array => sent.subarray(4);
