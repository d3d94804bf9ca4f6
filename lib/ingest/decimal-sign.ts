import { withoutCurrency } from './currency';

// One comma and one or two digits behind it is a decimal comma, two points in a number separate thousands. "1.234" and
// "1,234" can be either, and say nothing.

const comma =
  /^\d{1,3}(?:[. \u00a0\u202f'’]\d{3})*,(?:\d{1,2}|\d{4,})$|^\d+,(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$|^0,\d+$|^\d{4,},\d+$/;
const point =
  /^[\d,' \u00a0\u202f’]*\.(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:,\d{2,3})+\.\d+$|^\d{1,3}(?:,\d{3}){2,}$|^0\.\d+$|^\d{4,}\.\d+$/;

/** The decimal sign that most numbers show; a point where none does. */
export function decimalOf(values: Iterable<string>): { decimal: '.' | ','; shown: boolean } {
  let [commas, points] = [0, 0];
  for (const value of values) {
    if (!/[.,]/.test(value) || value.length > 40) continue;
    const bare = withoutCurrency(value.trim().replace(/^[-+(\u2212]\s*|\s*[-)%]+$/gu, '')).rest.replace(/^[-+]/, '');
    if (comma.test(bare)) commas += 1;
    else if (point.test(bare)) points += 1;
  }
  return { decimal: commas > points ? ',' : '.', shown: commas + points > 0 };
}
