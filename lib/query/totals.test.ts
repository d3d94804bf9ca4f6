import fc from 'fast-check';
import { expect, it } from 'vitest';
import { integersOf, parse, sumsOf } from './totals';

/** A whole number of billionths as decimal text with so many places. */
function decimal(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const columns = ['volume_kg', 'units', 'amount'] as const;

it('adds decimals up as the database does: to the last digit', () => {
  const row = fc.record({
    billionths: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
    thousandths: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
      const values = new Float64Array(integersOf(columns).length);
      for (const { billionths, thousandths, minor } of rows) {
        const texts = [decimal(billionths, 9), decimal(thousandths, 3), minor.toString()];
        columns.flatMap((column, at) => parse(column, texts[at]!)).forEach((value, at) => (values[at]! += value));
      }
      const total = (of: 'billionths' | 'thousandths' | 'minor') => rows.reduce((sum, one) => sum + one[of], 0n);
      const sums = sumsOf(columns, values, 2);
      expect(sums.volumeKg + 0).toBe(Number(decimal(total('billionths'), 9)) + 0);
      expect(sums.units + 0).toBe(Number(decimal(total('thousandths'), 3)) + 0);
      expect(sums.amount + 0).toBe(Number(decimal(total('minor'), 2)) + 0);
    }),
  );
});

it('takes whole numbers, and volumes of more than doubles hold', () => {
  expect(parse('volume_l', '12')).toEqual([12_000, 0]);
  expect(parse('volume_l', '-0.000000001')).toEqual([0, -1]);
  const [thousandths = 0, millionths = 0] = parse('volume_kg', '98765432.123456789');
  expect(sumsOf(['volume_kg'], [thousandths, millionths], 2).volumeKg).toBe(98_765_432.123456789);
});
