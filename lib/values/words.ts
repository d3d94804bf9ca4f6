/** How exports of tills and warehouses shorten words, for want of room. */
const short: Readonly<Record<string, string>> = {
  amt: 'amount',
  brnd: 'brand',
  cat: 'category',
  cust: 'customer',
  dt: 'date',
  itm: 'item',
  nbr: 'number',
  nm: 'name',
  prc: 'price',
  prod: 'product',
  qty: 'quantity',
  reg: 'regular',
  str: 'store',
  trn: 'transaction',
  txn: 'transaction',
  wk: 'week',
};
/** The words as they are in full: "STR_NBR" is a store number. */
export const spelledOut = (words: string[]): string[] => words.map((word) => short[word] ?? word);

/** "WEEK_END_DATE", "weekEndDate" and "Week end date" are the same words; "Größe" is "grosse". */
export function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
