export interface Pack {
  /** Decimal text with at most six decimals. */
  size: string;
  unit: 'kg' | 'l' | 'piece';
}

// An "oz" is taken as weight unless "fl" stands before it: a size alone does not say which, and solid goods are more.
const units: Record<string, [factor: number, unit: Pack['unit']]> = {};
const define = (unit: Pack['unit'], factor: number, names: string): void => {
  for (const name of names.split(' ')) units[name] = [factor, unit];
};
define('kg', 1, 'kg kgs kilo kilos kilogram kilograms');
define('kg', 0.001, 'g gr grs gm gms gram grams gramme grammes');
define('kg', 0.000001, 'mg');
define('kg', 0.028349523125, 'oz ozs ounce ounces');
define('kg', 0.45359237, 'lb lbs pound pounds');
define('l', 1, 'l lt ltr ltrs liter liters litre litres');
define('l', 0.1, 'dl');
define('l', 0.01, 'cl');
define('l', 0.001, 'ml mls millilitre millilitres milliliter milliliters cc');
define('l', 0.0295735295625, 'floz');
define('l', 0.473176473, 'pt pts pint pints');
define('l', 0.946352946, 'qt qts quart quarts');
define('l', 3.785411784, 'ga gal gals gallon gallons');
define('piece', 1, 'ct cts count pc pcs pce piece pieces ea each pk pks pack packs st stk unit units roll rolls');

const NUMBER = String.raw`\d+(?:[.,]\d+)?|[.,]\d+|\d+\s*/\s*\d+`;
const SINGLE = new RegExp(String.raw`^(${NUMBER})?\s*([a-z]+)$`);
const MULTI = new RegExp(
  String.raw`^(\d+)\s*(?:(?:pk|pks|pack|packs|ct|count|st)\s*[x×*/]?|(?:pk|pack)?\s*(?:x|×|\*|of))\s*(${NUMBER})\s*([a-z]+)$`,
);

const amount = (text: string): number => {
  const [over, under] = text.replace(/,/g, '.').split('/');
  return under === undefined ? Number(over) : Number(over) / Number(under);
};

/** "15 OZ", "250 g", "1.5 L", "12 x 330 ml", "1/2 GAL" in kg, l or pieces; null when it is no size. */
export function parsePack(text: string): Pack | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/fl(?:uid)?\.?\s*oz/, 'floz')
    .replace(/\.$/, '')
    .replace(/([a-z])\.(?=\s|$)/g, '$1');
  const multi = MULTI.exec(plain);
  const single = multi ? null : SINGLE.exec(plain);
  const [count, size, name] = multi
    ? [Number(multi[1]), amount(multi[2]!), multi[3]!]
    : single
      ? [1, single[1] === undefined ? 1 : amount(single[1]), single[2]!]
      : [0, 0, ''];
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (!unit) return null;
  const total = count * size * unit[0];
  if (!Number.isFinite(total) || total < 0.000001 || total >= 10_000_000) return null;
  return { size: total.toFixed(6).replace(/\.?0+$/, ''), unit: unit[1] };
}
