import { withoutCurrency } from './currency';
import { numbers } from './synonyms';

// One comma and one or two digits behind it is a decimal comma, two points in a number separate thousands. "1.234" and
// "1,234" can be either, and say nothing.

const comma =
  /^\d{1,3}(?:[. \u00a0\u202f'’]\d{3})*,(?:\d{1,2}|\d{4,})$|^\d+,(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$|^0,\d+$|^\d{4,},\d+$/;
const point =
  /^[\d,' \u00a0\u202f’]*\.(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:,\d{2,3})+\.\d+$|^\d{1,3}(?:,\d{3}){2,}$|^0\.\d+$|^\d{4,}\.\d+$/;

type Sign = '.' | ',';

function countSigns(values: Iterable<string>): { commas: number; points: number } {
  let [commas, points] = [0, 0];
  for (const value of values) {
    if (!/[.,]/.test(value) || value.length > 40) continue;
    const bare = withoutCurrency(value.trim().replace(/^[-+(\u2212]\s*|\s*[-)%]+$/gu, '')).rest.replace(/^[-+]/, '');
    if (comma.test(bare)) commas += 1;
    else if (point.test(bare)) points += 1;
  }
  return { commas, points };
}

/** The decimal sign that most numbers show; a point where none does. */
export function decimalOf(values: Iterable<string>): { decimal: Sign; shown: boolean } {
  const { commas, points } = countSigns(values);
  return { decimal: commas > points ? ',' : '.', shown: commas + points > 0 };
}

const FEWEST = 2;

/** Columns whose first numbers show another decimal sign than the file's, and never that one: each is read by its own. */
export function otherDecimals(
  fields: Record<string, string>,
  { columns, rows, decimal }: { columns: readonly string[]; rows: readonly string[][]; decimal: Sign },
): Map<string, Sign> {
  const others = new Map<string, Sign>();
  for (const field of [...numbers, 'discount']) {
    const column = fields[field];
    if (column === undefined) continue;
    const at = columns.indexOf(column);
    const { commas, points } = countSigns(rows.map((row) => row[at] ?? ''));
    const [own, other] = decimal === '.' ? [points, commas] : [commas, points];
    if (own === 0 && other >= FEWEST) others.set(column, decimal === '.' ? ',' : '.');
  }
  return others;
}
