// Lists of numbers as PostgreSQL sends them (array_send): a head of twelve bytes, then for each dimension its length and
// lower bound, then each element as its length and its big-endian bytes. Parsed as text a million numbers take seconds.

const int2 = 21;
const int4 = 23;
const int8 = 20;

export type Numbers = Int16Array | Int32Array | Float64Array;

/** A one-dimensional list without nulls of int2, int4 or int8, as narrow as it fits. Numbers beyond 2^53 lose their last digits. */
export function unpack(sent: Uint8Array): Numbers {
  const view = new DataView(sent.buffer, sent.byteOffset, sent.byteLength);
  if (view.getInt32(0) === 0) return new Int32Array(0);
  const type = view.getInt32(8);
  const length = view.getInt32(12);
  let at = 24;
  if (type === int2) {
    const numbers = new Int16Array(length);
    for (let index = 0; index < length; index++, at += 6) numbers[index] = view.getInt16(at);
    return numbers;
  }
  if (type === int4) {
    const numbers = new Int32Array(length);
    for (let index = 0; index < length; index++, at += 8) numbers[index] = view.getInt32(at);
    return numbers;
  }
  if (type !== int8) throw new Error(`Lists of type ${type} are not read.`);
  const numbers = new Int32Array(length);
  for (let index = 0; index < length; index++, at += 12) {
    const low = view.getInt32(at + 4);
    if (view.getInt32(at) !== low >> 31) return unpackWide(view, length);
    numbers[index] = low;
  }
  return numbers;
}

function unpackWide(view: DataView, length: number): Float64Array {
  const numbers = new Float64Array(length);
  for (let index = 0, at = 24; index < length; index++, at += 12) {
    numbers[index] = view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4);
  }
  return numbers;
}

/** The same, encoded as base64: the adapter hands text over faster than bytes. */
export const unpackText = (sent: string): Numbers => unpack(Buffer.from(sent, 'base64'));

/** The bytes of a bit string as it is sent (bit_send): its length in bits stands before it. */
export const unpackBits = (sent: Uint8Array): Uint8Array => sent.subarray(4);
