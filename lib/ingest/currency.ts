const codes: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  US$: 'USD',
  '₹': 'INR',
  Rs: 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '฿': 'THB',
  '₫': 'VND',
  '₪': 'ILS',
  '₴': 'UAH',
  zł: 'PLN',
  Kč: 'CZK',
  R$: 'BRL',
  C$: 'CAD',
  CA$: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  Fr: 'CHF',
  SFr: 'CHF',
};

const SIGN = String.raw`[A-Z]{1,3}\$|[A-Z]{3}|SFr\.?|Fr\.?|Rs\.?|kr\.?|zł|Kč|Ft|lei|лв\.?|руб\.?|\p{Sc}`;
const BEFORE = new RegExp(String.raw`^(${SIGN})\s*`, 'u');
const BEHIND = new RegExp(String.raw`\s*(${SIGN})$`, 'u');

/** A number without the currency around it, and which one that is: its code, else the sign as it stands. */
export function withoutCurrency(text: string): { rest: string; currency: string | null } {
  const found = BEFORE.exec(text) ?? BEHIND.exec(text);
  if (!found) return { rest: text, currency: null };
  const sign = found[1]!.replace(/\.$/, '');
  const rest = found.index === 0 ? text.slice(found[0].length) : text.slice(0, found.index);
  return { rest, currency: codes[sign] ?? sign };
}

/** The currency of a cell that holds a number; null where it tells none. */
export function currencyOf(cell: string): string | null {
  const text = cell.trim().replace(/^[-+(\u2212\u2013]\s*|\s*[-)]$/gu, '');
  return withoutCurrency(text).currency;
}

const names = new Set(['currency', 'ccy', 'wahrung', 'waehrung', 'devise', 'moneda', 'valuta', 'moeda']);
/** Whether a column, by the words of its name, says which currency a row is in. */
export const namesCurrency = (words: readonly string[]): boolean => words.some((word) => names.has(word));

/** The currency that a cell of such a column names; null where it holds something else, such as a rate. */
export function currencyNamed(cell: string): string | null {
  const { rest, currency } = withoutCurrency(cell.trim());
  return rest === '' ? currency : null;
}
