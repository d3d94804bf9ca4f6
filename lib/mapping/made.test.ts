import { describe, expect, it } from 'vitest';
import { made as madeShape, mapping as mappingShape, type Made } from '@/lib/contract/imports';
import { describeMade, madeColumns, renamedMade, sourcesOf } from './made';
import { mappingFaults } from './mapping-faults';

const columns = ['price', 'qty', 'off', 'code'];
/** What a field is made of a row, and what was odd. */
function make(field: string, made: Made, row: string[], known: Parameters<typeof madeColumns>[2] = {}, decimal = '.') {
  const warned: string[] = [];
  const mapping = mappingShape.parse({ columns: {}, made: { [field]: made }, decimal });
  const value = madeColumns(mapping, columns, known)!
    .fill(row, (rule) => void warned.push(rule))
    .at(-1);
  return warned.length > 0 ? [value, ...warned] : value;
}
const of = (operator: '+' | '-' | '*' | '/', right: string | number, left = 'price'): Made => ({
  calculate: [left, operator, right],
});

describe('a calculated number', () => {
  it.each<[Made, string[], string]>([
    [of('/', 100), ['1999'], '19.99'],
    [of('*', 'qty'), ['19.99', '3'], '59.97'],
    [of('*', 0.1), ['0.30'], '0.03'],
    [of('-', 'off'), ['5', '', '0.01'], '4.99'],
    [of('+', 'off'), ['0.1', '', '0.2'], '0.3'],
    [of('-', 'off'), ['5', '', '7.5'], '-2.5'],
    [of('/', 'off'), ['-5', '', '-2'], '2.5'],
    [of('*', 'qty'), ['9007199254740993', '3'], '27021597764222979'],
  ])('is exact: %j of %j', (made, row, wanted) => {
    expect(make('amount', made, row)).toBe(wanted);
  });

  it('is rounded to what its field can hold, which is told', () => {
    expect(make('amount', of('/', 3), ['10'])).toEqual(['3.33', 'calculated_rounded']);
    expect(make('amount', of('/', 3), ['10'], { coin: 0 })).toEqual(['3', 'calculated_rounded']);
    expect(make('units', of('/', 3), ['10'])).toEqual(['3.333', 'calculated_rounded']);
    expect(make('unit_price', of('/', 3), ['-20'])).toEqual(['-6.6667', 'calculated_rounded']);
    expect(make('amount', of('*', 'qty'), ['1.99', '0.333'])).toEqual(['0.66', 'calculated_rounded']);
  });

  it('needs both numbers, but adds and takes off nothing where there is none', () => {
    expect(make('amount', of('*', 'qty'), ['5', ' '])).toBe('');
    expect(make('amount', of('-', 'off'), ['', '1', '2'])).toBe('');
    expect(make('amount', of('-', 'off'), ['5', '1', ''])).toBe('5');
  });

  it('hands on what is no number, for the check to say so', () => {
    expect(make('amount', of('/', 100), ['n/a'])).toBe('n/a');
    expect(make('amount', of('*', 'qty'), ['5', '10 %'])).toBe('10 %');
    expect(make('amount', of('/', 'qty'), ['5', '0'])).toBe('5 ÷ 0');
  });

  it('keeps the currency, and reads each column by its own decimal sign', () => {
    expect(make('amount', of('/', 100), ['$1,999.00'])).toBe('19.99 $');
    expect(make('amount', of('-', 'off'), ['(5.00 EUR)', '', '1'])).toBe('-6 EUR');
    expect(make('amount', of('*', 'qty'), ['1.234,50', '2'], {}, ',')).toBe('2469');
    const rows = [
      ['1.50', '2,5'],
      ['2.75', '3,5'],
    ];
    expect(make('amount', of('*', 'qty'), ['1.50', '2,5'], { rows })).toBe('3.75');
  });
});

describe('a piece of a text', () => {
  it.each<[Made, string, string]>([
    [{ part: 'price', before: '-' }, 'A-12-x', 'A'],
    [{ part: 'price', before: '-' }, 'A12', 'A12'],
    [{ part: 'price', after: ' - ' }, 'Shop - North', 'North'],
    [{ part: 'price', after: '-' }, 'A-12-x', '12-x'],
    [{ part: 'price', after: '-' }, 'A12', ''],
    [{ part: 'price', first: 3 }, ' 🍎🍏ab ', '🍎🍏a'],
    [{ part: 'price', last: 2 }, '000123', '23'],
    [{ part: 'price', last: 9 }, '0001', '0001'],
  ])('is %j of %j', (made, text, wanted) => {
    expect(make('product', made, [text])).toBe(wanted);
  });
});

it('is of one shape alone, names its columns and goes with them', () => {
  expect(madeShape.safeParse({ part: 'a', before: '-', first: 2 }).success).toBe(false);
  expect(madeShape.safeParse({ part: 'a', first: 0 }).success).toBe(false);
  expect(madeShape.safeParse({ calculate: ['a', '^', 2] }).success).toBe(false);
  expect(sourcesOf(of('*', 'qty'))).toEqual(['price', 'qty']);
  expect(sourcesOf(of('*', 2))).toEqual(['price']);
  expect(describeMade(of('/', 100))).toBe('price ÷ 100');
  const upper = (name: string): string => name.toUpperCase();
  expect(renamedMade(of('*', 'qty'), upper)).toEqual({ calculate: ['PRICE', '*', 'QTY'] });
  expect(renamedMade({ part: 'code', last: 2 }, upper)).toEqual({ part: 'CODE', last: 2 });
});

it.each<[string, Made, string]>([
  ['receipt', of('*', 'qty'), 'only numbers can be calculated'],
  ['amount', of('*', 'none'), 'the file has no column "none"'],
  ['amount', of('/', 0), 'nothing can be divided by 0'],
])('does not fit: %s of %j', (field, made, message) => {
  const mapping = mappingShape.parse({ columns: { date: 'code', product: 'code', amount: 'price' }, made: {} });
  const { [field]: _, ...rest } = mapping.columns;
  const faults = mappingFaults('transactions', { ...mapping, columns: rest, made: { [field]: made } }, columns);
  expect(faults).toEqual([{ field: `mapping.made.${field}`, message }]);
});
