import fc from 'fast-check';
import { randomSales, type RandomLine, type RandomSales } from './random-sales';

// Random sales that lack something altogether, or hold hardly anything but the odd.

const changes: Record<string, (line: RandomLine) => RandomLine> = {
  'no shoppers': (line) => ({ ...line, shopper: null }),
  'no baskets': (line) => ({ ...line, basket: null }),
  'no stores': (line) => ({ ...line, store: null }),
  'no promotions': (line) => ({ ...line, promotion: null }),
  'one shopper': (line) => ({ ...line, shopper: 2 }),
  'one store': (line) => ({ ...line, store: 1 }),
  'one week': (line) => ({ ...line, date: `2024-01-0${1 + (Number(line.date.slice(-2)) % 7)}` }),
  'one product': (line) => ({ ...line, product: 0 }),
  'no units': (line) => ({ ...line, units: 0 }),
  'no money': (line) => ({ ...line, cents: 0 }),
  'nothing but returns': (line) => ({
    ...line,
    units: -Math.abs(line.units),
    cents: -Math.abs(line.cents),
    isReturn: true,
  }),
  'more returned than sold': (line) =>
    line.product % 2 === 0 ? { ...line, units: -3 * line.units, cents: -3 * line.cents, isReturn: true } : line,
};

export const lackingSales: fc.Arbitrary<RandomSales> = fc
  .tuple(randomSales, fc.constantFrom(...Object.keys(changes)))
  .map(([sales, lacking]) => ({ ...sales, lines: sales.lines.map((line) => changes[lacking]?.(line) ?? line) }));
