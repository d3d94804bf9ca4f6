import { describe, expect, it } from 'vitest';
import { propose } from './propose';

// Exports as shop systems, tills and panels write them: which column is what of a line, and what is of the whole order.

const proposed = (names: string[], cells: (at: number) => string[]) =>
  propose({ columns: names, rows: Array.from({ length: 40 }, (_, at) => cells(at)) }).mapping;
const day = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);

describe('exports of shops', () => {
  it('tell what was paid for an order on its first line only', () => {
    const names = ['Name', 'Total', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price'];
    const { columns, amountFrom } = proposed(
      [...names, 'Lineitem sku', 'Lineitem compare at price', 'Vendor'],
      (at) => [
        `#${1000 + (at >> 1)}`,
        at % 2 ? '' : '29.90',
        day(at),
        '2',
        'Oat Drink',
        '4.50',
        `O-${at % 5}`,
        '',
        'Alba',
      ],
    );
    expect(amountFrom).toBe('unit_price');
    expect(columns).toEqual({
      date: 'Created at',
      units: 'Lineitem quantity',
      unit_price: 'Lineitem price',
      product: 'Lineitem sku',
      product_name: 'Lineitem name',
      brand: 'Vendor',
    });
  });

  it('tell what was paid for an order on each of its lines', () => {
    const names = ['Order Number', 'Order Date', 'Order Total Amount', 'SKU', 'Item Name', 'Quantity', 'Item Cost'];
    const { columns, amountFrom } = proposed(names, (at) => [`${at >> 1}`, day(at), '25', 'O1', 'Oats', '2', '4.50']);
    expect([columns.amount, columns.unit_price, amountFrom]).toEqual([undefined, 'Item Cost', 'unit_price']);
    expect(proposed(names.slice(0, 6), (at) => [`${at}`, day(at), '25', 'O1', 'Oats', '2']).columns.amount).toBe(
      names[2],
    );
  });

  it('call the category, the brand and the price of an item by its name, too', () => {
    const names = ['Date', 'Item name', 'Item brand', 'Item category', 'Items purchased', 'Item revenue'];
    const { columns } = proposed(names, (at) => [day(at), 'Oats', 'Alba', 'Cereal', '2', '4.50']);
    expect(columns).toEqual({
      date: 'Date',
      product: 'Item name',
      brand: 'Item brand',
      category_1: 'Item category',
      units: 'Items purchased',
      amount: 'Item revenue',
    });
  });
});

describe('exports of tills and panels', () => {
  it('shorten words', () => {
    const names = 'WK_END_DT,STR_NBR,UPC_NBR,ITM_DESC,BRND_NM,CAT_NM,SCAN_QTY,SCAN_AMT,REG_PRC,TPR_IND'.split(',');
    const { columns, grain } = proposed(names, (at) => [
      day(7 * at),
      '04',
      '0042',
      'Oats',
      'Alba',
      'Cereal',
      '2',
      '4.5',
      '5',
      '1',
    ]);
    expect(grain).toBe('week');
    expect(Object.values(columns).sort()).toEqual([...names].sort());
    expect(columns).toMatchObject({
      store: 'STR_NBR',
      product: 'UPC_NBR',
      amount: 'SCAN_AMT',
      price_reduction: 'TPR_IND',
    });
  });

  it('tell weeks by the day that they end on, in the order of the country', () => {
    const us = (at: number): string => day(7 * at).replace(/(\d+)-(\d+)-(\d+)/, 'Week Ending $2-$3-$1');
    const { columns, grain } = proposed(['Geography', 'Time', 'UPC', 'Dollar Sales'], (at) => [
      'Total US',
      us(at),
      '0042',
      '$5',
    ]);
    expect([columns.date, columns.region, grain]).toEqual(['Time', 'Geography', 'week']);
  });

  it('call the shopper by the card, and the zone of the clock is no region', () => {
    const names = ['card', 'purchase_date', 'Time Zone', 'sku', 'amount'];
    const { columns } = proposed(names, (at) => [`9800${at}`, day(at), 'Eastern', 'O1', '4.50']);
    expect([columns.shopper, columns.region]).toEqual(['card', undefined]);
    const kinds = (at: number): string[] => [at % 2 ? 'Visa' : 'Mastercard', day(at), 'Eastern', 'O1', '4.50'];
    expect(proposed(names, kinds).columns.shopper).toBeUndefined();
  });
});
