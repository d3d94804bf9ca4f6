import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { encodingOf } from './find-encoding';
import { JsonRows, JsonShape, type RowsAt } from './json-rows';
import { limitColumns, limitLine } from './limits';
import { openBytes } from './open';
import { jsonTokens, type Token } from './tokens';
import type { CsvFile } from './write-csv';

const MOST_NESTED = 100;

/** `sheets`: the arrays that can be the table; `named`: the rows are objects, whose keys are the header. */
type JsonTable = Pick<Source, 'sheets' | 'sheet' | 'named'>;

/** Writes the rows of a JSON file, or of values one behind the other, as CSV. */
export async function readJson(
  path: string,
  wanted: { sheet?: string | undefined; encoding?: string | undefined },
  csv: CsvFile,
): Promise<JsonTable> {
  const encoding = wanted.encoding ?? (await encodingOf(path));
  const shape = new JsonShape();
  await eachToken(path, encoding, shape.push, () => (shape.settled ? 'stop' : null));
  const tables = shape.values > 1 || shape.listOfRows ? [] : shape.arrays.map((keys) => keys.join('.'));
  const chosen = wanted.sheet === undefined ? 0 : tables.indexOf(wanted.sheet);
  if (wanted.sheet !== undefined && chosen < 0) throw noTable(wanted.sheet, tables);
  const at: RowsAt = shape.listOfRows ? [] : tables.length > 0 ? shape.arrays[chosen]! : 'values';

  const columns = new Map<string, number>();
  let named = false;
  let listed = 0;
  await eachRow(path, encoding, at, {
    cell: (name) => {
      if (columns.has(name)) return;
      columns.set(name, columns.size);
      limitColumns(columns.size);
    },
    end: (list) => {
      if (list) listed += 1;
      else named = true;
    },
  });
  if (columns.size === 0)
    throw new ApiError('unprocessable', 'The JSON holds no rows: an array of objects, or one object a line.');
  // Arrays alone: their first one is the header, as in a CSV file.
  if (named && listed > 0)
    throw new ApiError('unprocessable', 'The JSON mixes objects and arrays as rows; send one kind.');
  if (named) csv.row([...columns.keys()]);
  let cells: string[] = [];
  const clear = (): void => void (cells = Array.from<string>({ length: columns.size }).fill(''));
  clear();
  await eachRow(
    path,
    encoding,
    at,
    {
      cell: (name, text) => void (cells[columns.get(name)!] = text),
      end: () => {
        csv.row(cells);
        clear();
      },
    },
    () => csv.flush(),
  );
  return { named, ...(tables.length > 1 && { sheets: tables, sheet: tables[chosen]! }) };
}

const noTable = (wanted: string, tables: readonly string[]): ApiError =>
  new ApiError(
    'unprocessable',
    tables.length > 0
      ? `The JSON holds no array "${wanted}"; it holds ${tables.join(', ')}.`
      : `The JSON holds no array "${wanted}": it is a single table.`,
  );

async function eachRow(
  path: string,
  encoding: string,
  at: RowsAt,
  taker: ConstructorParameters<typeof JsonRows>[1],
  between?: () => Promise<void>,
): Promise<void> {
  let size = 0;
  const rows = new JsonRows(at, {
    cell: (name, text) => {
      size += name.length + text.length;
      limitLine(size, `Record ${rows.count + 1}`);
      taker.cell(name, text);
    },
    end: (listed) => {
      size = 0;
      taker.end(listed);
    },
  });
  await eachToken(path, encoding, rows.push, between);
}

/** Hands out the tokens of a file one by one; `between` is asked after each piece of it. */
async function eachToken(
  path: string,
  encoding: string,
  take: (token: Token) => void,
  between?: () => 'stop' | null | Promise<void>,
): Promise<void> {
  const tokens = jsonTokens();
  const decoder = strictDecoder(encoding);
  let line = 1;
  let without = 0;
  let depth = 0;
  const push = (text: string | null): void => {
    let found: readonly Token[];
    try {
      found = tokens(text);
    } catch (error) {
      throw broken(error, line);
    }
    // A text that grows and ends nowhere: the parser would keep all of it.
    without = found.length > 0 ? 0 : without + (text?.length ?? 0);
    limitLine(without, `A value in line ${line}`);
    for (const token of found) {
      if (token.name === 'startObject' || token.name === 'startArray') depth += 1;
      else if (token.name === 'endObject' || token.name === 'endArray') depth -= 1;
      // Each further one would cost as much as all those around it.
      if (depth > MOST_NESTED)
        throw new ApiError(
          'unprocessable',
          `The JSON holds more than ${MOST_NESTED} values inside of one another in line ${line}: that is no table.`,
        );
      take(token);
    }
  };
  for await (const bytes of openBytes(path)) {
    const text = decoded(decoder, bytes);
    // Line by line, so that an error names its line.
    for (let at = 0; at < text.length;) {
      const end = text.indexOf('\n', at) + 1 || text.length;
      push(text.slice(at, end));
      if (text[end - 1] === '\n') line += 1;
      at = end;
    }
    if ((await between?.()) === 'stop') return;
  }
  push(decoded(decoder));
  push(null);
}

function strictDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new ApiError('unprocessable', `JSON is not read in ${encoding.toUpperCase()}; save it as UTF-8.`);
  }
}

function decoded(decoder: TextDecoder, bytes?: Buffer): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    const as = decoder.encoding.toUpperCase();
    throw new ApiError('unprocessable', `The JSON is not written in ${as}; say its encoding, or save it as UTF-8.`);
  }
}

function broken(error: unknown, line: number): ApiError {
  const why = (error instanceof Error ? error.message : String(error)).replace(
    /^Parser (cannot parse input: |has )/,
    '',
  );
  return new ApiError('unprocessable', `The JSON is broken or cut off in line ${line}: ${why}.`);
}
