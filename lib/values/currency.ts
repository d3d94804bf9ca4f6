/** Signs, and whose they can be: the currency of the workspace where it is among them, else the first. */
const signs: Record<string, readonly string[]> = {
  '€': ['EUR'],
  '£': ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'LBP', 'SDG', 'SYP'],
  $: [
    'USD',
    'CAD',
    'AUD',
    'NZD',
    'HKD',
    'SGD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'TWD',
    'JMD',
    'TTD',
    'BSD',
    'BBD',
    'BZD',
    'FJD',
    'UYU',
  ],
  US$: ['USD'],
  '¥': ['JPY', 'CNY'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  '₹': ['INR'],
  Rs: ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'],
  '₨': ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'],
  '₽': ['RUB'],
  руб: ['RUB', 'BYN'],
  '₩': ['KRW', 'KPW'],
  '₺': ['TRY'],
  '฿': ['THB'],
  '₫': ['VND'],
  '₪': ['ILS'],
  '₴': ['UAH'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  zł: ['PLN'],
  Kč: ['CZK'],
  Ft: ['HUF'],
  lei: ['RON', 'MDL'],
  лв: ['BGN'],
  R$: ['BRL'],
  C$: ['CAD'],
  CA$: ['CAD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  NZ$: ['NZD'],
  HK$: ['HKD'],
  S$: ['SGD'],
  Fr: ['CHF', 'XOF', 'XAF', 'XPF'],
  SFr: ['CHF'],
};

const codes = new Set([...Intl.supportedValuesOf('currency'), ...Object.values(signs).flat()]);
/** Whether it is a currency's code, and no other word of three letters. */
export const isCurrency = (code: string): boolean => codes.has(code);

/** The currency that a sign means in a workspace of this one. */
function meant(sign: string, home: string | null): string {
  const list = signs[sign];
  if (!list) return sign;
  return home !== null && list.includes(home) ? home : list[0]!;
}

const SIGN = String.raw`[A-Z]{1,3}\$|[A-Z]{3}|SFr\.?|Fr\.?|Rs\.?|kr\.?|zł|Kč|Ft|lei|лв\.?|руб\.?|\p{Sc}`;
const BEFORE = new RegExp(String.raw`^(${SIGN})\s*`, 'u');
const BEHIND = new RegExp(String.raw`\s*(${SIGN})$`, 'u');

/** A number without the currency around it, and which one that is: its code, else the sign as it stands. */
export function withoutCurrency(text: string, home: string | null = null): { rest: string; currency: string | null } {
  const found = BEFORE.exec(text) ?? BEHIND.exec(text);
  if (!found) return { rest: text, currency: null };
  const sign = found[1]!.replace(/\.$/, '');
  const rest = found.index === 0 ? text.slice(found[0].length) : text.slice(0, found.index);
  return { rest, currency: meant(sign, home) };
}

/** The currency of a cell that holds a number; null where it tells none. */
export function currencyOf(cell: string, home: string | null = null): string | null {
  const text = cell.trim().replace(/^[-+(\u2212\u2013]\s*|\s*[-)]$/gu, '');
  return withoutCurrency(text, home).currency;
}

const names = new Set(['currency', 'ccy', 'wahrung', 'waehrung', 'devise', 'moneda', 'valuta', 'moeda']);
/** Whether a column, by the words of its name, says which currency a row is in. */
export const namesCurrency = (words: readonly string[]): boolean => words.some((word) => names.has(word));

/** The currency that a cell of such a column names; null where it holds something else, such as a rate. */
export function currencyNamed(cell: string, home: string | null = null): string | null {
  const { rest, currency } = withoutCurrency(cell.trim(), home);
  return rest === '' ? currency : null;
}
