import { describe, expect, it } from 'vitest';
import { unitsFault } from './mapping-faults';
import { propose } from './propose';

/** A sample of a file: the header and a function from row number to cells. */
const sample = (header: string, row: (at: number) => string, rows = 60) => ({
  columns: header.split(','),
  rows: Array.from({ length: rows }, (_, at) => row(at).split(',')),
});
const day = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);

describe('lines of web shops and panels', () => {
  it('have their order for a date, where purchases are numbered for each shopper and there is no date', () => {
    const of = (visit: (at: number) => number) =>
      propose(sample('household,visit_id,brand,price_paid', (at) => `H${at >> 3},${visit(at)},B${at % 3},1.50`))
        .mapping;
    const numbered = of((at) => 1 + (at % 8));
    expect(numbered).toMatchObject({ columns: { date: 'visit_id' }, grain: 'receipt' });
    // Everybody has a first purchase: the number alone would make one basket of all of them.
    expect(numbered.columns.receipt).toBeUndefined();
    expect(numbered.made).toEqual({ receipt: { join: ['household', 'visit_id'], with: '-' } });
    expect(of((at) => 1 + at).columns.date).toBeUndefined();
  });

  it('have no units in a column of ounces: it tells how much was sold, and a price is paid for a pack', () => {
    const { mapping } = propose(
      sample(
        'store,week_ending,brand,ounces,unit_price',
        (at) => `S${at % 4},${day(7 * (at >> 2))},B${at % 3},8256,3.87`,
      ),
    );
    expect(mapping).toMatchObject({ grain: 'week', amountFrom: 'unit_price' });
    expect(mapping.columns.units).toBeUndefined();
    expect(unitsFault(mapping)).toMatch('a row adds up a week');
    expect(unitsFault({ ...mapping, made: { units: { constant: '1' } } })).toBeNull();
    expect(unitsFault({ ...mapping, grain: 'receipt' })).toBeNull();
  });

  it('have the brand in the vendor of a web shop, and in the column that is named for it where there is one', () => {
    const of = (header: string) =>
      propose(sample(header, (at) => `${day(at)},P${at % 7},Maker ${at % 4},1,2.50,Label ${at % 3}`)).mapping.columns;
    expect(of('created_at,item.sku,item.vendor,item.quantity,item.price,note')).toMatchObject({ brand: 'item.vendor' });
    expect(of('created_at,item.sku,item.vendor,item.quantity,item.price,note').manufacturer).toBeUndefined();
    expect(of('date,sku,vendor,quantity,price,brand')).toMatchObject({ brand: 'brand', manufacturer: 'vendor' });
    expect(of('date,sku,supplier,quantity,price,note')).toMatchObject({ manufacturer: 'supplier' });
  });
});
