import { isUtf8 } from 'node:buffer';
import type { SchemaElement, SchemaTree } from 'hyparquet';
import { decimalText, withoutExponent } from './decimal';

// What the values of a Parquet file say, as text: integers and decimals with all of their digits, dates in ISO form.

/** A column of the table: a value, or one in a structure; lists and maps stay whole, as JSON. */
export interface Leaf {
  name: string;
  path: string[];
  show: (value: unknown) => string;
}

/** The columns of a file. Decimals are taken from the schema, so that they are read as the integers they are stored as. */
export function leavesOf(root: SchemaTree, path: string[] = []): Leaf[] {
  return root.children.flatMap((child) => {
    const { element } = child;
    const own = [...path, element.name];
    const whole =
      element.repetition_type === 'REPEATED' ||
      element.converted_type !== undefined ||
      element.logical_type !== undefined;
    if (child.children.length > 0 && !whole) return leavesOf(child, own);
    const show = child.children.length > 0 || element.repetition_type === 'REPEATED' ? jsonOf : showerOf(element);
    return [{ name: own.join('.'), path: own, show }];
  });
}

function showerOf(element: SchemaElement): Leaf['show'] {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    delete element.converted_type;
    delete element.logical_type;
    return (value) => decimalText(value instanceof Uint8Array ? signed(value) : BigInt(value as number), scale);
  }
  if (converted === 'INTERVAL') {
    // Left in the schema, the decoder would refuse the file for it.
    delete element.converted_type;
    return (value) => duration(value as Uint8Array);
  }
  const unit = logical?.type === 'TIME' ? logical.unit : converted === 'TIME_MILLIS' ? 'MILLIS' : 'MICROS';
  if (logical?.type === 'TIME' || converted === 'TIME_MILLIS' || converted === 'TIME_MICROS')
    return (value) => instant(BigInt(value as number), unit === 'MILLIS' ? 3 : unit === 'MICROS' ? 6 : 9).slice(11);
  if (type === 'FLOAT') return (value) => single(value as number);
  return textOf;
}

/** Months, days and milliseconds, as ISO 8601 writes a duration. */
function duration(bytes: Uint8Array): string {
  const [months = 0, days = 0, ms = 0] = [0, 4, 8].map((at) => Buffer.from(bytes).readUInt32LE(at));
  const date = `${months > 0 ? `${months}M` : ''}${days > 0 ? `${days}D` : ''}`;
  return `P${date}${ms > 0 || date === '' ? `T${ms / 1000}S` : ''}`;
}

/** Big-endian two's complement. */
function signed(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) + BigInt(byte);
  return bytes.length > 0 && bytes[0]! >= 0x80 ? value - (1n << BigInt(8 * bytes.length)) : value;
}

/** The shortest number that is the same in 32 bits: 0.1, not 0.10000000149011612. */
function single(value: number): string {
  for (let digits = 6; digits < 9; digits += 1)
    if (Math.fround(Number(value.toPrecision(digits))) === value) return number(Number(value.toPrecision(digits)));
  return number(value);
}
const number = (value: number): string => (Number.isFinite(value) ? withoutExponent(String(value)) : '');

function textOf(value: unknown): string {
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array)
    return isUtf8(value) ? Buffer.from(value).toString() : Buffer.from(value).toString('hex');
  return jsonOf(value);
}

function jsonOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return textOf(value) || 'null';
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value === 'object' && !(value instanceof Uint8Array))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${jsonOf(inner)}`)
      .join(',')}}`;
  return JSON.stringify(textOf(value));
}

/** A moment counted from 1970 in units of 10^-decimals seconds. It stands by itself: a thread gets it as text. */
function instant(count: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const rest = ((count % unit) + unit) % unit;
  const seconds = (count - rest) / unit;
  const day = new Date(Number(seconds) * 1000);
  if (Number.isNaN(day.getTime())) return String(count);
  const fraction = rest.toString().padStart(decimals, '0').replace(/0+$/, '');
  return `${day.toISOString().slice(0, 19)}${fraction && `.${fraction}`}`;
}

/** A program that makes the parsers: with them dates come as text, so that nothing is lost in between. */
export const parsersSource = `() => {
  const instant = ${instant.toString()};
  return {
    timestampFromMilliseconds: (count) => instant(BigInt(count), 3),
    timestampFromMicroseconds: (count) => instant(BigInt(count), 6),
    timestampFromNanoseconds: (count) => instant(BigInt(count), 9),
    dateFromDays: (days) => instant(BigInt(days) * 86400n, 0).slice(0, 10),
    jsonFromBytes: (bytes) => bytes && new TextDecoder().decode(bytes),
  };
}`;
