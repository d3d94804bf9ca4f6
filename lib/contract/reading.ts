import { z } from 'zod';

/** Encodings that a file can be read in; most are detected. */
export const encodings = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little end first',
  'utf-16be': 'UTF-16, big end first',
  'utf-32le': 'UTF-32, little end first',
  'utf-32be': 'UTF-32, big end first',
  'windows-1252': 'Windows-1252 (Western)',
  'windows-1250': 'Windows-1250 (Central European)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'windows-1253': 'Windows-1253 (Greek)',
  'windows-1254': 'Windows-1254 (Turkish)',
  'windows-1255': 'Windows-1255 (Hebrew)',
  'windows-1256': 'Windows-1256 (Arabic)',
  'windows-874': 'Windows-874 (Thai)',
  'iso-8859-2': 'ISO 8859-2 (Central European)',
  'iso-8859-7': 'ISO 8859-7 (Greek)',
  'iso-8859-15': 'ISO 8859-15 (Western, with €)',
  macintosh: 'Mac Roman',
  cp850: 'DOS 850 (Western)',
  ibm866: 'DOS 866 (Cyrillic)',
  'koi8-r': 'KOI8-R (Cyrillic)',
  shift_jis: 'Shift JIS (Japanese)',
  'euc-jp': 'EUC-JP (Japanese)',
  gb18030: 'GB 18030 (Chinese)',
  big5: 'Big5 (Chinese)',
  'euc-kr': 'EUC-KR (Korean)',
} as const;
type Encoding = keyof typeof encodings;

/** Signs around values, each by the one that opens; the empty one: none does. */
export const quotes = {
  '"': 'Double',
  "'": 'Single',
  '`': 'Backtick',
  '“': 'Typographic, “ ”',
  '„': 'Typographic, „ “',
  '‘': 'Typographic, ‘ ’',
  '«': 'Guillemets, « »',
  '|': 'Vertical bar',
  '~': 'Tilde',
  þ: 'Thorn, þ',
  '': 'None',
} as const;
export type Quote = keyof typeof quotes;
const quote = z.enum(Object.keys(quotes) as [Quote, ...Quote[]]);

/** How to read a file, where what was detected is wrong; what is left out is detected. */
export const reading = z.strictObject({
  /** Which file of an archive. */
  member: z.string().min(1).max(1000).optional(),
  /** Which sheet of a workbook, or which array of a JSON file: the keys that lead to it, joined with dots. */
  sheet: z.string().min(1).max(1000).optional(),
  /** All sheets that have the header of the one that is read otherwise, one below the other. */
  sheets: z.literal('alike').optional(),
  encoding: z.enum(Object.keys(encodings) as [Encoding, ...Encoding[]]).optional(),
  delimiter: z.string().min(1).max(5).optional(),
  quote: quote.optional(),
  /** Before a quote or a delimiter that belongs to a value; empty: quotes are doubled. */
  escape: z.enum(['\\', '']).optional(),
  /** What ends a row; "\n": line breaks of any kind. */
  ending: z.string().min(1).max(10).optional(),
  firstRow: z.number().int().min(1).max(1000).optional(),
  headerRows: z.number().int().min(0).max(3).optional(),
  /** The last row of the table; what stands below it is left out. */
  lastRow: z.number().int().min(1).optional(),
});
export type Reading = z.output<typeof reading>;

/** What the file is, where it is not text itself: a table was made of it. */
export const source = z.object({
  format: z.enum(['csv', 'json', 'xlsx', 'xls', 'ods', 'parquet', 'html', 'xml']),
  /** The files of an archive that can be read, and which one is. */
  members: z.array(z.string()).optional(),
  member: z.string().optional(),
  /** The sheets of a workbook or the arrays of a JSON file, where there are several, and which one is read. */
  sheets: z.array(z.string()).optional(),
  sheet: z.string().optional(),
  /** Which of them are not shown. */
  hidden: z.array(z.string()).optional(),
  /** The sheets that are read one below the other: how many rows came of each, and how many of it are none of its table. */
  joined: z.array(z.object({ sheet: z.string(), rows: z.number(), left: z.number() })).optional(),
  /** The columns have names by themselves, and every row is one of the table: there are no titles, notes and totals. */
  named: z.boolean(),
  /** SHA-256 of the text that was made of it, hex. */
  text: z.string(),
  /** Bytes of that text. */
  size: z.number(),
});
export type Source = z.output<typeof source>;

export const detected = z.object({
  source: source.optional(),
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  /** The first rows, as text. */
  preview: z.array(z.array(z.string())),
  /** False: the first row is data and the columns are numbered. Left out: there is a header. */
  header: z.boolean().optional(),
  /** Around values that hold a delimiter; empty: none does. */
  quote: quote.optional(),
  /** What ends a row, where it is not a line break alone. */
  ending: z.string().optional(),
  /** Before quotes that belong to a value; left out: they are doubled; empty: for sure, as it was said. */
  escape: z.enum(['\\', '']).optional(),
  /** Each row stands in quotes as a whole. */
  wrapped: z.boolean().optional(),
  /** From and up to which character blanks set columns apart that stand one under the other. */
  gaps: z.array(z.tuple([z.number().int(), z.number().int()])).optional(),
  /** The row of the file that the table begins with, its header included. */
  firstRow: z.number().int().min(1).optional(),
  headerRows: z.number().int().min(0).max(3).optional(),
  /** The table's last row, where another table follows. */
  lastRow: z.number().int().optional(),
  /** What the header says, before columns are given names of their own. */
  headerNames: z.array(z.string()).optional(),
  /** 0 to 1: how sure delimiter and quotes are. */
  confidence: z.number().optional(),
});
export type Detected = z.output<typeof detected>;

/** The columns that the header has no name for, though it names others. */
export const unnamedOf = ({ columns, headerNames = [] }: Detected): string[] =>
  headerNames.length === 0 ? [] : columns.filter((_, at) => !headerNames[at]).map(({ name }) => name);
