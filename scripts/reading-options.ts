import { reading as readingShape, type Reading } from '@/lib/contract/reading';
import { Fault } from './fault';

const text = { type: 'string' } as const;

/** How a file is read, where what is detected is wrong: the options of `read` and of `import`. */
export const readingOptions = {
  member: text,
  sheet: text,
  sheets: text,
  encoding: text,
  delimiter: text,
  quote: text,
  escape: text,
  ending: text,
  'first-row': text,
  'header-rows': text,
  'last-row': text,
} as const;

export const readingUsage = `\
    --member NAME                     which file of an archive
    --sheet NAME                      which sheet of a workbook, or array of a JSON file
    --sheets alike                    all sheets of the same header, one below the other
    --encoding utf-8                  utf-8, windows-1252, windows-1250, shift_jis and others
    --delimiter ";"                   what stands between values
    --quote "'"                       around values: ", ', \`, “, „, ‘, « or nothing
    --escape "\\"                      before quotes inside of values; nothing: they are doubled
    --ending "|"                      what ends a row, where it is not a line break alone
    --first-row 4                     the row that the table begins with, its header included
    --header-rows 2                   rows of column names; 0: there are none
    --last-row 900                    the row that the table ends with`;

export type ReadingValues = { [option in keyof typeof readingOptions]?: string | undefined };

function whole(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(given)) throw new Fault(`--${option} wants a whole number, not "${given}".`);
  return Number(given);
}

export function readingFrom(values: ReadingValues): Reading {
  const given = {
    member: values.member,
    sheet: values.sheet,
    sheets: values.sheets,
    encoding: values.encoding,
    delimiter: values.delimiter,
    quote: values.quote,
    escape: values.escape,
    ending: values.ending,
    firstRow: whole('first-row', values['first-row']),
    headerRows: whole('header-rows', values['header-rows']),
    lastRow: whole('last-row', values['last-row']),
  };
  const parsed = readingShape.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const option = String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `--${option}: ${message}`;
  });
  throw new Fault(faults.join('\n'));
}
