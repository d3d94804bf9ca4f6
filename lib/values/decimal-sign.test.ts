import { describe, expect, it } from 'vitest';
import { decimalOf, otherDecimals } from './decimal-sign';

describe('the decimal sign of a column', () => {
  it.each<[string, '.' | ',', string[]]>([
    ['points', '.', ['12.50', '3.00']],
    ['commas', ',', ['12,50', '3,00']],
    ['points behind commas', '.', ['1,234.56', '2,000']],
    ['commas behind points', ',', ['1.234,56', '2.000']],
    ['blanks between thousands', ',', ['1 234,56', '12 000']],
    ['apostrophes between thousands', '.', ["1'234.56"]],
    ['Indian groups', '.', ['12,34,567.00', '1,00,000']],
    ['currencies and signs', ',', ['€ 1.234,5', '-12,50 EUR', '(3,20)', '4,75-', '5,5 %']],
    ['many thousands without decimals', ',', ['1.234.567', '2.345.678']],
    ['one fault among many', ',', ['12,50', '3,10', '4.5']],
  ])('%s', (_, decimal, values) => expect(decimalOf(values)).toEqual({ decimal, shown: true }));

  it('is open where every number could be either', () => {
    expect(decimalOf(['1.234', '5,678', '12', 'Oat, 1.5 l'])).toEqual({ decimal: '.', shown: false });
  });
});

describe('columns with a decimal sign of their own', () => {
  const columns = ['qty', 'paid', 'list'];
  const fields = { units: 'qty', amount: 'paid', base_amount: 'list' };
  const of = (decimal: '.' | ',', ...rows: string[][]) => [...otherDecimals(fields, { columns, rows, decimal })];

  it('are those that show no other', () => {
    expect(of('.', ['1.5', '2,50', '3.00'], ['2', '1.234,00', '4.00'])).toEqual([['paid', ',']]);
    expect(of(',', ['1.5', '2,50', '3,00'], ['2.25', '3,10', '4,00'])).toEqual([['qty', '.']]);
  });
  it('are none where a number shows the sign of the file, or could be either', () => {
    expect(of('.', ['1', '2,50', '1,234'], ['2', '3.10', '2,345'])).toEqual([]);
    expect(of('.', ['1', '2,50', '3.00'])).toEqual([]);
  });
});
