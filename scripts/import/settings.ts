import { readFileSync } from 'node:fs';
import { importKinds, mapping as mappingShape, type ImportKind, type Mapping } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { Fault } from '../fault';
import { readCorrections, type Corrections } from './corrections';
import { readingFrom, readingOptions, readingUsage, type ReadingValues } from '../reading-options';

export const usage = `Load files into a workspace:

  npm run import -- FILE …            check, then publish; product and store files first
    --workspace SLUG                  into which workspace (default: demo)
    --create-workspace NAME           make the workspace first
    --kind transactions|products|stores
${readingUsage}
    --mapping MAP.json                the whole mapping, as the API takes it
    --set FIELD=COLUMN                change one field of the proposed mapping (repeatable; FIELD= leaves it out)
    --constant FIELD=TEXT             the same text in every row (repeatable)
    --join "FIELD=COLUMN + COLUMN"    a field made of columns, such as a receipt of store, till and number (repeatable)
    --calculate "FIELD=COLUMN / 100"  a number of two columns, or of one and a number; + - * / (repeatable)
    --part "FIELD=COLUMN before -"    a piece of a column: before or after a text, or its first or last characters (repeatable)
    --brand-in COLUMN                 the brand is the one of the workspace that this column's text names
    --attribute OF:COLUMN             keep a column as attribute of product, store or shopper (repeatable)
    --grain receipt|day|week          the finest time that the file has
    --date-format DD/MM/YYYY          when it cannot be told from the dates; also excel, epoch, epoch-ms, year-week,
                                       "week 1 = 2024-01-01"
    --decimal ,                       the decimal sign, when it cannot be told from the numbers
    --negatives returns               negative amounts and units are returns
    --amount-from unit_price          the amount is unit price × units
    --receipt-unique                  a receipt id stands for one basket, whatever the store and date
    --corrections FIXES.csv           cells that are set right: row, column and value; or column, from and to of every cell that
                                       says so; also JSON
    --replace                         in place of what is there of the file's stores and dates; with --check it shows what that is
    --check                           stop after the check
    --rejects FOLDER                  write the rejected rows of each file there, as FILE.rejects.csv
    --yes                             publish although rows were rejected
    --json                            the result as JSON

  npm run import -- --list            the imports of the workspace
  npm run import -- --resume ID       go on with one that was paused or broke off, then publish
  npm run import -- --pause ID        let a check rest, wherever it runs
  npm run import -- --cancel ID       give up what is under way: a check, a publish, a revert
  npm run import -- --revert ID       take an import out again
  npm run import -- --restore ID      bring a reverted import back`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
export const options = {
  workspace: text,
  'create-workspace': text,
  kind: text,
  ...readingOptions,
  mapping: text,
  set: { ...text, multiple: true },
  constant: { ...text, multiple: true },
  join: { ...text, multiple: true },
  calculate: { ...text, multiple: true },
  part: { ...text, multiple: true },
  'brand-in': text,
  attribute: { ...text, multiple: true },
  grain: text,
  'date-format': text,
  decimal: text,
  negatives: text,
  'amount-from': text,
  'receipt-unique': flag,
  check: flag,
  rejects: text,
  yes: flag,
  json: flag,
  list: flag,
  resume: text,
  pause: text,
  cancel: text,
  revert: text,
  restore: text,
  replace: flag,
  corrections: text,
} as const;

interface Values extends ReadingValues {
  workspace?: string | undefined;
  'create-workspace'?: string | undefined;
  kind?: string | undefined;
  mapping?: string | undefined;
  set?: string[] | undefined;
  constant?: string[] | undefined;
  join?: string[] | undefined;
  calculate?: string[] | undefined;
  part?: string[] | undefined;
  'brand-in'?: string | undefined;
  attribute?: string[] | undefined;
  grain?: string | undefined;
  'date-format'?: string | undefined;
  decimal?: string | undefined;
  negatives?: string | undefined;
  'amount-from'?: string | undefined;
  'receipt-unique': boolean;
  check: boolean;
  rejects?: string | undefined;
  yes: boolean;
  json: boolean;
  list: boolean;
  resume?: string | undefined;
  pause?: string | undefined;
  cancel?: string | undefined;
  revert?: string | undefined;
  restore?: string | undefined;
  replace?: boolean | undefined;
  corrections?: string | undefined;
}

export interface Settings {
  files: string[];
  workspace: string;
  createWorkspace: string | null;
  kind: ImportKind | undefined;
  reading: Reading;
  /** Changes what was proposed for a file. */
  remap: (proposed: Mapping) => Mapping;
  /** Whether the whole mapping is given. */
  mapped: boolean;
  check: boolean;
  /** The folder for files of rejected rows. */
  rejects: string | null;
  yes: boolean;
  json: boolean;
  list: boolean;
  /** What is to be done with one import that is there. */
  one: { verb: (typeof verbs)[number]; id: number } | null;
  replace: boolean;
  corrections: Corrections | null;
}

const verbs = ['resume', 'pause', 'cancel', 'revert', 'restore'] as const;

export function readSettings(values: Values, files: string[]): Settings {
  const one = oneOf(values);
  if (files.length === 0 && !one && !values.list) throw new Fault(`Name a file to load.\n\n${usage}`);
  const kind = importKinds.find((known) => known === values.kind);
  if (values.kind !== undefined && !kind) throw new Fault(`--kind wants one of ${importKinds.join(', ')}.`);
  const whole = values.mapping === undefined ? undefined : mappingFrom(values.mapping);
  const { workspace, 'create-workspace': made, check, yes, json, list } = values;
  if (made !== undefined && workspace !== undefined)
    throw new Fault('--create-workspace NAME loads into the workspace that it makes: leave --workspace out.');
  return {
    files,
    workspace: workspace ?? 'demo',
    createWorkspace: made ?? null,
    kind,
    reading: readingFrom(values),
    remap: (proposed) => remap(whole ?? proposed, values),
    mapped: whole !== undefined,
    check,
    rejects: values.rejects ?? null,
    yes,
    json,
    list,
    one,
    replace: values.replace ?? false,
    corrections: correctionsFrom(values, files),
  };
}

function correctionsFrom({ corrections, resume }: Values, files: string[]): Corrections | null {
  if (corrections === undefined) return null;
  if (files.length + (resume === undefined ? 0 : 1) !== 1)
    throw new Fault('--corrections are those of one file: name one, or one import with --resume.');
  return readCorrections(corrections);
}

function oneOf(values: Values): Settings['one'] {
  const verb = verbs.find((name) => values[name] !== undefined);
  if (!verb) return null;
  const id = Number(values[verb]);
  if (Number.isInteger(id) && id > 0) return { verb, id };
  throw new Fault(`--${verb} wants the number of an import, not "${values[verb]}".`);
}

function mappingFrom(path: string): Mapping {
  try {
    return mappingShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Fault(`${path} is no mapping: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Options of the form FIELD=VALUE. */
const pairsOf = (option: string, value: string, pairs: string[] = []): [string, string][] =>
  pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new Fault(`${option} wants FIELD=${value}, not "${pair}".`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });

function remap(proposed: Mapping, values: Values): Mapping {
  const columns = { ...proposed.columns };
  const made: Record<string, unknown> = { ...proposed.made };
  for (const [field, column] of pairsOf('--set', 'COLUMN', values.set)) {
    delete made[field];
    if (column) columns[field] = column;
    else delete columns[field];
  }
  const make = (field: string, of: object): void => {
    delete columns[field];
    made[field] = of;
  };
  for (const [field, constant] of pairsOf('--constant', 'TEXT', values.constant)) make(field, { constant });
  for (const [field, list] of pairsOf('--join', '"COLUMN + COLUMN"', values.join))
    make(field, { join: list.split('+').map((column) => column.trim()) });
  for (const [field, formula] of pairsOf('--calculate', '"COLUMN / 100"', values.calculate)) {
    const [, left, operator, right = ''] = /^(.+?) +([-+*/]) +(.+)$/.exec(formula) ?? [];
    if (!left) throw new Fault(`--calculate wants FIELD="COLUMN / COLUMN" or a number, not "${formula}".`);
    make(field, { calculate: [left, operator, /^-?\d+(\.\d+)?$/.test(right) ? Number(right) : right] });
  }
  for (const [field, piece] of pairsOf('--part', '"COLUMN before TEXT"', values.part)) {
    const [, part, which = '', of = ''] = /^(.+?) +(before|after|first|last) (.+)$/.exec(piece) ?? [];
    if (!part) throw new Fault(`--part wants FIELD="COLUMN before TEXT", after, first or last, not "${piece}".`);
    make(field, { part, [which]: which === 'first' || which === 'last' ? Number(of) : of });
  }
  if (values['brand-in'] !== undefined) make('brand', { brandIn: values['brand-in'] });
  const attributes = (values.attribute ?? []).map((pair) => {
    // "product:colour=COLUMN" names the column last; the name before it is for the reader alone.
    const [, of, column] = /^(product|store|shopper):(?:[^=]*=)?(.+)$/.exec(pair) ?? [];
    if (!of || !column)
      throw new Fault(`--attribute wants product:COLUMN, store:COLUMN or shopper:COLUMN, not "${pair}".`);
    return { of, column };
  });
  const kept = proposed.attributes.filter(({ column }) => !attributes.some((other) => other.column === column));
  const parsed = mappingShape.safeParse({
    ...proposed,
    columns,
    made,
    attributes: [...kept, ...attributes],
    ...(values.grain !== undefined && { grain: values.grain }),
    ...(values['date-format'] !== undefined && { dateFormat: values['date-format'] }),
    ...(values.decimal !== undefined && { decimal: values.decimal }),
    ...(values.negatives !== undefined && { negatives: values.negatives }),
    ...(values['amount-from'] !== undefined && { amountFrom: values['amount-from'] }),
    ...(values['receipt-unique'] && { receiptUnique: true }),
  });
  if (parsed.success) return parsed.data;
  throw new Fault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
