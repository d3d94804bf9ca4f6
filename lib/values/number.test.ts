import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '@/lib/formats/decimal';
import { atScale, multiply, parseExact, round, withoutResidue, withoutSingleResidue } from './number';

const text = (value: string, decimal: '.' | ',' = '.'): string | null => {
  const exact = parseExact(value, decimal);
  return exact && decimalText(exact.digits, exact.scale);
};

describe('parseExact', () => {
  it.each([
    ['0', '0'],
    ['007', '7'],
    ['12.50', '12.5'],
    ['-3.20', '-3.2'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1,234.50', '1234.5'],
    ['1,234,567', '1234567'],
    ['1,23,456.7', '123456.7'],
    ["1'234.5", '1234.5'],
    ['1 234.5', '1234.5'],
    ['1\u00a0234', '1234'],
    ['$1,234.5', '1234.5'],
    ['-$5', '-5'],
    ['$-5', '-5'],
    ['12.5 €', '12.5'],
    ['EUR 12', '12'],
    ['12 kr', '12'],
    ['(12.30)', '-12.3'],
    ['($12.30)', '-12.3'],
    ['12-', '-12'],
    ['12.50-', '-12.5'],
    ['12.-', '12'],
    ['CHF 1’234.50', '1234.5'],
    ['US$ 12', '12'],
    ['Rs. 1,23,456.70', '123456.7'],
    ['R$ 5', '5'],
    ['zł 5', '5'],
    ['-£5', '-5'],
    ['(USD 12.30)', '-12.3'],
    ['1\u202f234\u202f567', '1234567'],
    ['\u221212', '-12'],
    ['1.5E+3', '1500'],
    ['1.25e-2', '0.0125'],
    ['123456789012345678', '123456789012345678'],
    ['0.1234567890123', '0.1234567890123'],
  ])('reads %s as %s', (given, wanted) => expect(text(given)).toBe(wanted));

  it.each([
    ['1,5', '1.5'],
    ['1.234,50', '1234.5'],
    ['1 234,5', '1234.5'],
    ['1.234', '1234'],
    ['-0,05', '-0.05'],
    ['1.234.567,8 €', '1234567.8'],
    ['€ 12,-', '12'],
    ['12,50 zł', '12.5'],
    ['(1.234,50)', '-1234.5'],
    ['1’234,5', '1234.5'],
    ['12', '12'],
  ])('with a decimal comma reads %s as %s', (given, wanted) => expect(text(given, ',')).toBe(wanted));

  it.each([
    '',
    '-',
    '.',
    'abc',
    '1e',
    '--5',
    '1.2.3',
    '$',
    '1,5',
    '12,34',
    '0x10',
    'Infinity',
    'NaN',
    '5%',
    '1-2',
    '(5',
    '- -5',
  ])('takes %j for no number', (given) => expect(parseExact(given, '.')).toBeNull());

  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.integer({ min: 0, max: 10 }),
        (digits, scale) => {
          const exact = parseExact(decimalText(digits, scale), '.');
          expect(exact && atScale(exact, scale)).toBe(digits);
        },
      ),
    );
  });
});

describe('exact arithmetic', () => {
  const exact = (value: string) => parseExact(value, '.')!;
  it('multiplies without a floating point error', () => {
    expect(0.1 * 3).not.toBe(0.3);
    expect(multiply(exact('0.1'), exact('3'))).toEqual({ digits: 3n, scale: 1 });
    expect(multiply(exact('1.255'), exact('1000'))).toEqual({ digits: 1255n, scale: 0 });
  });
  it('rounds half away from zero', () => {
    expect(round(exact('1.005'), 2)).toEqual(exact('1.01'));
    expect(round(exact('-1.005'), 2)).toEqual(exact('-1.01'));
    expect(round(exact('1.00499'), 2)).toEqual(exact('1'));
    expect(round(exact('1.5'), 2)).toEqual(exact('1.5'));
  });
  it('tells the residue of binary arithmetic from decimals that are meant', () => {
    expect(withoutResidue(exact('0.30000000000000004'), 4)).toEqual(exact('0.3'));
    expect(withoutResidue(exact('4.440892e-16'), 4)).toEqual(exact('0'));
    expect(withoutResidue(exact('2.9999999999996'), 4)).toEqual(exact('3'));
    expect(withoutResidue(exact('99.000001'), 4)).toBeNull();
  });
  it('tells what single precision leaves of cents from decimals that are meant', () => {
    for (const price of [99, 119.1, 0.05, 2.99, -58.97, 1234.56]) {
      const single = String(Math.fround(price)).slice(0, 11);
      expect(withoutSingleResidue(exact(single)), single).toEqual(exact(String(price)));
    }
    expect(withoutSingleResidue(exact('99.000001'))).toEqual(exact('99'));
    for (const meant of ['3.87123', '1234.56785', '0.000012', '1.234567', '99.00012'])
      expect(withoutSingleResidue(exact(meant)), meant).toBeNull();
  });
});
