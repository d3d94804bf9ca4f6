import type { Field } from '@/lib/contract/imports';
import { fillers, type Name } from '@/lib/values/synonyms';
import { spelledOut, wordsOf } from '@/lib/values/words';

// What the name of a column says of the field that it may be.

const EXACT = 1000;
const WITHOUT_FILLERS = 600;
/** A name says outright what its column is above this. */
export const OUTRIGHT = WITHOUT_FILLERS - 100;
const HOLDS_WORDS = 300;
/** How well a column's name fits a field's names, in whichever language fits best; 0 when it does not. */
export function nameScore(name: string, lists: readonly Name[][]): number {
  const words = wordsOf(name);
  const full = spelledOut(words);
  return Math.max(wordsScore(words, lists), String(full) === String(words) ? 0 : wordsScore(full, lists) - 1);
}

function wordsScore(words: string[], lists: readonly Name[][]): number {
  const core = words.filter((word) => !fillers.has(word));
  const [whole, short] = [words.join(''), core.join('')];
  let best = 0;
  for (const names of lists)
    names.forEach(({ words: wanted, tight }, rank) => {
      if (whole === tight) best = Math.max(best, EXACT - rank);
      else if (short !== '' && short === tight) best = Math.max(best, WITHOUT_FILLERS - rank);
      else if (holdsWords(words, wanted))
        best = Math.max(best, HOLDS_WORDS + wanted.length * 30 - rank - words.length * 3);
    });
  return best;
}

/** Short words that mean nothing else. */
const codes = new Set(['sku', 'ean', 'upc', 'plu']);
function holdsWords(words: string[], wanted: string[]): boolean {
  const [only = ''] = wanted;
  if ((wanted.join('').length < 4 && !codes.has(only)) || wanted.every((word) => fillers.has(word))) return false;
  return words.some((_, start) => wanted.every((word, at) => words[start + at] === word));
}

const ofThings = [
  'category',
  'brand',
  'group',
  'type',
  'class',
  'family',
  'price',
  'cost',
  'revenue',
  'status',
  'discount',
];
const ofOthers = ['shipping', 'delivery', 'tax', 'discount', 'refund', 'fee', 'fees', 'cost', 'margin', 'profit'];
const ofPlaces = ['area', 'size', 'space'];
/** Words beside those of a field by which a name speaks of something else. */
const otherwise: Partial<Record<Field, string[]>> = {
  product: ofThings,
  product_name: ofThings,
  amount: [...ofOthers, ...ofPlaces],
  units: ofPlaces,
  unit_price: ofOthers,
  region: ['time'],
};
export const saysOther = (field: Field, name: string): boolean =>
  spelledOut(wordsOf(name)).some((word) => otherwise[field]?.includes(word));

/** "Order total" is of all lines of an order. */
export const isOfOrder = (name: string): boolean =>
  wordsOf(name).some((word) => ['order', 'cart', 'basket', 'invoice', 'checkout'].includes(word));
