// What is known of the rules of a check wherever they are set, asked for or shown. Imports nothing: the settings read it, too.

export const severities = ['off', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

interface RuleFacts {
  title: string;
  /** What it looks for. */
  finds: string;
  /** What the threshold is. */
  measure: string;
  /** How the threshold counts: a share is 0 to 1, and shown in percent. */
  unit: 'days' | 'count' | 'share' | 'times' | 'none';
  least: number;
  most: number;
  severity: Severity;
  threshold: number;
}

/** What the check of a file of transactions looks for in all of its accepted lines, with what holds where nothing is set. */
export const ruleFacts = {
  other_currency: {
    title: 'Another currency',
    finds: 'Amounts whose signs or currency column name another currency than the workspace counts in',
    measure: 'no threshold: all amounts of a file are in one currency',
    unit: 'none',
    least: 0,
    most: 0,
    severity: 'error',
    threshold: 0,
  },
  future_dates: {
    title: 'Dates in the future',
    finds: 'Lines dated later than today',
    measure: 'days after today that pass, as days begin earlier elsewhere',
    unit: 'days',
    least: 0,
    most: 36_500,
    severity: 'warning',
    threshold: 1,
  },
  no_revenue: {
    title: 'Days without revenue',
    finds: 'Days, of weekly files weeks, without revenue between the first and the last of the file',
    measure: 'days that pass',
    unit: 'count',
    least: 0,
    most: 36_500,
    severity: 'warning',
    threshold: 0,
  },
  repeated_lines: {
    title: 'Repeated lines',
    finds: 'Lines that stand more than once in their receipt',
    measure: 'share of the lines that passes, as a few are two sales of the same',
    unit: 'share',
    least: 0,
    most: 1,
    severity: 'warning',
    threshold: 0.02,
  },
  repeated_receipts: {
    title: 'Receipts loaded before',
    finds: 'Receipts that other files brought already: same store, date and receipt id',
    measure: 'share of the receipts that passes',
    unit: 'share',
    least: 0,
    most: 1,
    severity: 'warning',
    threshold: 0,
  },
  shared_receipts: {
    title: 'Receipts of several shoppers',
    finds: 'Receipts whose lines name more than one shopper: same store, date and receipt id',
    measure: 'share of the receipts that passes',
    unit: 'share',
    least: 0,
    most: 1,
    severity: 'warning',
    threshold: 0,
  },
  outliers: {
    title: 'Unusual prices',
    finds: 'Unit prices far from the usual one of the product, where it has 5 lines or more',
    measure: 'times the usual price that a price may be, or be under it',
    unit: 'times',
    least: 1,
    most: 1_000_000,
    severity: 'warning',
    threshold: 10,
  },
  unknown_stores: {
    title: 'Unknown stores',
    finds: 'Stores that the workspace does not know, when it has any',
    measure: 'share of the file’s stores that passes',
    unit: 'share',
    least: 0,
    most: 1,
    severity: 'warning',
    threshold: 0,
  },
  drift: {
    title: 'Unlike earlier files',
    finds: 'Lines a day, or the amount of a line, unlike the published files of the same grain',
    measure: 'share by which they may differ',
    unit: 'share',
    least: 0,
    most: 1_000,
    severity: 'warning',
    threshold: 0.5,
  },
} as const satisfies Record<string, RuleFacts>;

export type ImportRule = keyof typeof ruleFacts;
export const importRules = Object.keys(ruleFacts) as ImportRule[];

export const isImportRule = (name: string): name is ImportRule => Object.hasOwn(ruleFacts, name);
