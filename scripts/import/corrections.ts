import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { fixes as fixesShape, type Fixes } from '@/lib/contract/fixes';
import { Fault } from '../fault';

// A file of cells that are set right: row, column and value of one, or column, from and to of every cell that says so.

export interface Corrections {
  path: string;
  fixes: Fixes;
  /** Where in the file each of them stands: "line 3". */
  places: Record<'cells' | 'values', string[]>;
}

const whole = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1));
const text = z.union([z.string(), z.number().transform(String)]);
const cell = z.strictObject({ row: whole, column: text, value: text });
const value = z.strictObject({ column: text, from: text, to: text });
const WANTED = 'row, column and value, or column, from and to';

/** A CSV file with these columns, or JSON: a list of such objects, or what the API takes. */
export function readCorrections(path: string): Corrections {
  const content = contentOf(path);
  if (/^\s*\{/.test(content)) return ofApi(path, jsonOf(path, content));
  const read: Corrections = { path, fixes: { cells: [], values: [] }, places: { cells: [], values: [] } };
  for (const [place, entry] of /^\s*\[/.test(content) ? listed(path, content) : lined(path, content)) {
    if (entry['row'] === undefined) {
      const { column, from, to } = parsed(path, place, value, entry);
      read.fixes.values.push({ column, from: from.trim(), to });
      read.places.values.push(place);
    } else {
      const { row, column, value: to } = parsed(path, place, cell, entry);
      read.fixes.cells.push({ row, column, to });
      read.places.cells.push(place);
    }
  }
  const whole = fixesShape.safeParse(read.fixes);
  if (!whole.success) throw faultOf(read, whole.error.issues[0]!);
  return { ...read, fixes: whole.data };
}

/** What is wrong with one of them, as the file has it: `field` is the API's, such as cells.3.row. */
export function faultOf(
  { path, places }: Pick<Corrections, 'path' | 'places'>,
  { path: field, message }: { path: readonly PropertyKey[]; message: string },
): Fault {
  const [list, at] = field;
  const place = list === 'cells' || list === 'values' ? places[list][Number(at)] : undefined;
  return new Fault(`${path}${place ? `, ${place}` : ''}: ${message}.`);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new Fault(`There is no file of corrections ${path}.`);
  }
}

function jsonOf(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Fault(`${path} is no JSON: ${(error as Error).message}.`);
  }
}

type Entry = [place: string, entry: Record<string, unknown>];

function listed(path: string, content: string): Entry[] {
  const list = z.array(z.record(z.string(), z.unknown())).safeParse(jsonOf(path, content));
  if (!list.success) throw new Fault(`${path} wants a list of objects with ${WANTED}.`);
  return list.data.map((entry, at) => [`entry ${at + 1}`, entry]);
}

function lined(path: string, content: string): Entry[] {
  try {
    const rows = parse(content, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return rows.map(({ record, info }): Entry => {
      // Of a file of both kinds each row leaves the columns of the other one empty.
      const { row, column, value: one, from, to, ...others } = record;
      const entry = row ? { row, column, value: one } : { column, from, to };
      return [`line ${info.lines}`, { ...entry, ...others }];
    });
  } catch (error) {
    throw error instanceof CsvError ? new Fault(`${path} is no CSV: ${error.message}.`) : error;
  }
}

function ofApi(path: string, given: unknown): Corrections {
  const read = fixesShape.safeParse(given);
  const place = (list: 'cells' | 'values') => (_: unknown, at: number) => `${list}.${at}`;
  const { cells, values } = (read.data ?? given) as Partial<Fixes>;
  const places = {
    cells: Array.isArray(cells) ? cells.map(place('cells')) : [],
    values: Array.isArray(values) ? values.map(place('values')) : [],
  };
  if (!read.success) throw faultOf({ path, places }, read.error.issues[0]!);
  return { path, fixes: read.data, places };
}

const meanings: Record<string, string> = {
  row: 'the number of a row of the file',
  column: 'the name of a column of the file',
  value: 'what the cell should say',
  from: 'what the cells say',
  to: 'what they should say',
};

function parsed<T>(path: string, place: string, shape: z.ZodType<T>, entry: Record<string, unknown>): T {
  const read = shape.safeParse(entry);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = String(issue?.path[0] ?? '');
  if (!(name in meanings))
    throw new Fault(`${path}, ${place}: it wants ${WANTED}, and has ${Object.keys(entry).join(', ')}.`);
  const found = entry[name];
  const instead = found === undefined ? 'it is missing' : `it is ${JSON.stringify(found)}`;
  throw new Fault(`${path}, ${place}: ${name} wants ${meanings[name]}; ${instead}.`);
}
