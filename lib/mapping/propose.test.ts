import { describe, expect, it } from 'vitest';
import { propose } from './propose';

/** A sample of a file: the header and a function from row number to cells. */
const sample = (header: string, row: (at: number) => string, rows = 60) => ({
  columns: header.split(','),
  rows: Array.from({ length: rows }, (_, at) => row(at).split(',')),
});
const day = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);

describe('transaction lines', () => {
  it('describe their shoppers in columns that are empty where the shopper is', () => {
    const { mapping } = propose(
      sample('date,store_id,loyalty_id,age_band,household_size,product_id,quantity,amount', (at) =>
        at % 5 === 0
          ? `${day(at)},S1,,,,P${at % 7},1,2.50`
          : `${day(at)},S1,L${at},${['18-34', '35-59', '60+'][at % 3]},${['1', '2', '5+'][at % 3]},P${at % 7},1,2.50`,
      ),
    );
    expect(mapping.columns.pack_size).toBeUndefined();
    expect(mapping.attributes).toEqual([
      { column: 'age_band', of: 'shopper' },
      { column: 'household_size', of: 'shopper' },
    ]);
  });

  it('have their date in the one column that holds dates, whatever it is called', () => {
    const from = (header: string, row: (at: number) => string) => propose(sample(header, row)).mapping.columns.date;
    const german = (at: number) => `${(at % 28) + 1}.03.2024`;
    expect(from('Datum,sku,quantity,amount', (at) => `${german(at)},P${at},1,2.50`)).toBe('Datum');
    // Two such columns: which is meant is for people to say. Bare numbers may be anything.
    expect(from('Kauf,Versand,sku,amount', (at) => `${german(at)},${german(at + 1)},P${at},2.50`)).toBeUndefined();
    expect(from('Los,sku,quantity,amount', (at) => `202403${10 + (at % 19)},P${at},1,2.50`)).toBeUndefined();
  });

  it('are recognised from weekly scanner data', () => {
    const { kind, mapping } = propose(
      sample(
        'WEEK_ENDING,OUTLET_NUM,EAN_CODE,UNITS SOLD,DOLLAR_SALES,SHELF_PRICE,REGULAR_PRICE,FEAT,DISP,TPR',
        (at) => `${day((at % 8) * 7)},${at % 3},40${at % 9},${at + 1},${at}.50,1.10,1.20,${at % 2},0,1`,
      ),
    );
    expect(kind).toBe('transactions');
    expect(mapping.columns).toEqual({
      date: 'WEEK_ENDING',
      store: 'OUTLET_NUM',
      product: 'EAN_CODE',
      units: 'UNITS SOLD',
      amount: 'DOLLAR_SALES',
      unit_price: 'SHELF_PRICE',
      base_price: 'REGULAR_PRICE',
      feature: 'FEAT',
      display: 'DISP',
      price_reduction: 'TPR',
    });
    expect(mapping).toMatchObject({ grain: 'week', amountFrom: 'amount', negatives: 'reject', decimal: '.' });
  });

  it('are recognised from a till export, unit price for want of an amount', () => {
    const { kind, mapping } = propose(
      sample(
        'billNo,saleDate,customerNumber,itemCode,itemDescription,qty,pricePerUnit,customerCountry,terminal',
        (at) => `B${at},${day(at)},${at % 6},00${at % 7},Tea ${at % 7},2,1.25,${['FR', 'DE'][at % 2]},${at}`,
      ),
    );
    expect(kind).toBe('transactions');
    expect(mapping.columns).toEqual({
      receipt: 'billNo',
      date: 'saleDate',
      shopper: 'customerNumber',
      product: 'itemCode',
      product_name: 'itemDescription',
      units: 'qty',
      unit_price: 'pricePerUnit',
    });
    expect(mapping).toMatchObject({ grain: 'receipt', amountFrom: 'unit_price' });
    expect(mapping.attributes).toEqual([{ column: 'customerCountry', of: 'shopper' }]);
  });

  it('have levels of categories in their order, and a return flag that allows returns', () => {
    const { mapping } = propose(
      sample(
        'date,brand,department,category,sub_category,amount,is_return',
        (at) => `${day(at)},B${at % 3},Food,Drinks,Tea,${at}.5,0`,
      ),
    );
    expect(mapping.columns).toMatchObject({
      category_1: 'department',
      category_2: 'category',
      category_3: 'sub_category',
    });
    expect(mapping).toMatchObject({ negatives: 'returns', grain: 'day' });
  });

  it('may have decimal commas', () => {
    const columns = ['date', 'brand', 'amount'];
    const rows = Array.from({ length: 20 }, (_, at) => [day(at), 'B', `1.0${at},50`]);
    expect(propose({ columns, rows }).mapping.decimal).toBe(',');
  });

  it('keep an amount from being taken for a flag, and a measure from being taken for an attribute', () => {
    const { mapping } = propose(
      sample('date,product_id,amount,coupon_disc,visits', (at) => `${day(at)},${at % 4},${at}.5,${at % 5}.25,${at}`),
    );
    expect(mapping.columns).toEqual({ date: 'date', product: 'product_id', amount: 'amount' });
    expect(mapping.attributes).toEqual([]);
  });
});

it('recognises a product file, its further columns as attributes', () => {
  const { kind, mapping } = propose(
    sample(
      'Article Number,Title,Brand Name,Supplier,Product Group,Net Content,Organic',
      (at) => `0${at},Tea ${at},B${at % 4},M${at % 2},Tea,${at + 1}00 g,${at % 2 ? 'yes' : 'no'}`,
    ),
  );
  expect(kind).toBe('products');
  expect(mapping.columns).toEqual({
    product: 'Article Number',
    product_name: 'Title',
    brand: 'Brand Name',
    manufacturer: 'Supplier',
    category_1: 'Product Group',
    pack_size: 'Net Content',
  });
  expect(mapping.attributes).toEqual([{ column: 'Organic', of: 'product' }]);
});

it('recognises a store file', () => {
  const { kind, mapping } = propose(
    sample(
      'shop_id,shop_name,territory,store_format,cluster,floor_area',
      (at) => `S${at},Shop ${at},North,City,${at % 3 ? 'A' : 'B'},${at * 13}.5`,
    ),
  );
  expect(kind).toBe('stores');
  expect(mapping.columns).toEqual({
    store: 'shop_id',
    store_name: 'shop_name',
    region: 'territory',
    channel: 'store_format',
  });
  expect(mapping.attributes).toEqual([{ column: 'cluster', of: 'store' }]);
});

it('takes the kind that is given', () => {
  const file = sample('product,brand', (at) => `${at},B`);
  expect(propose(file).kind).toBe('products');
  expect(propose(file, 'transactions').kind).toBe('transactions');
});

describe('store lists', () => {
  it('are no product lists for having names and sizes', () => {
    const { kind, mapping } = propose(
      sample(
        'store_id,store_name,region,channel,format,size',
        (at) =>
          `S${at},Market ${at},${['North', 'South'][at % 2]},Online,${['Mall', 'Street'][at % 2]},${['S', 'XL'][at % 2]}`,
      ),
    );
    expect(kind).toBe('stores');
    expect(mapping.columns).toEqual({
      store: 'store_id',
      store_name: 'store_name',
      region: 'region',
      channel: 'channel',
    });
    expect(mapping.attributes).toEqual([
      { column: 'format', of: 'store' },
      { column: 'size', of: 'store' },
    ]);
  });
});

it('takes what was sold at which price for lines, although no column holds dates', () => {
  const file = sample('store,week,brand,units,unit_price', (at) => `${at % 9},${40 + at},Florida's Own,3,1.99`);
  expect(propose(file).kind).toBe('transactions');
});

it('takes numbered days, or else weeks, for dates that are to be counted, where there are no others', () => {
  const of = (header: string, row: (at: number) => string) => propose(sample(header, row)).mapping;
  expect(of('store,week,brand,units,amount', (at) => `S,${40 + at},B,3,1.99`)).toMatchObject({
    columns: { date: 'week' },
    grain: 'week',
    dateFormat: 'auto',
  });
  expect(of('DAY,WEEK_NO,brand,amount', (at) => `${at * 7},${at},B,1.99`).columns.date).toBe('DAY');
  expect(of('sold_at,week,brand,amount', (at) => `${day(at)} 10:00,${at},B,1.99`).columns.date).toBe('sold_at');
});

describe('how dates and numbers are written', () => {
  it.each<[string, (at: number) => string, string, string]>([
    ['sale date', (at) => String(45_296 + at), 'excel', 'day'],
    ['timestamp', (at) => String(1_704_412_800 + at * 9_000), 'epoch', 'day'],
    ['week', (at) => `2024${String(1 + (at % 12)).padStart(2, '0')}`, 'year-week', 'week'],
    ['date', day, 'auto', 'day'],
  ])('%s', (name, dateAt, dateFormat, grain) => {
    const { mapping } = propose(sample(`${name},product_id,units,amount`, (at) => `${dateAt(at)},P${at},1,2.50`));
    expect(mapping).toMatchObject({ dateFormat, grain, columns: { date: name } });
  });
  it('takes the decimal sign of the numbers that count, not that of others', () => {
    const rows = Array.from({ length: 40 }, (_, at) => [day(at), `P${at}`, '1', '€ 2,50', '52.0975', '23.6878']);
    const { mapping } = propose({ columns: ['date', 'product_id', 'units', 'amount', 'lat', 'lon'], rows });
    expect(mapping).toMatchObject({ decimal: ',', columns: { amount: 'amount' } });
  });
  it('takes no share for an amount', () => {
    const rows = Array.from({ length: 40 }, (_, at) => [day(at), `P${at}`, '15%', '2.50']);
    const { mapping } = propose({ columns: ['date', 'product_id', 'sales', 'revenue'], rows });
    expect(mapping.columns.amount).toBe('revenue');
  });
});

describe('returns', () => {
  const sold = (header: string, row: (at: number) => string) => propose(sample(header, row)).mapping;
  it('are what negative units with a negative amount are', () => {
    const of = (units: (at: number) => number, amount: (at: number) => number) =>
      sold('date,sku,qty,amount', (at) => `${day(at)},P1,${units(at)},${amount(at)}`).negatives;
    const sign = (at: number) => (at === 30 ? -1 : 1);
    expect(of(sign, (at) => 2.5 * sign(at))).toBe('returns');
    expect(
      of(
        () => 1,
        () => 2.5,
      ),
    ).toBe('reject');
    // One sign without the other is as likely a slip, or a discount.
    expect(of(sign, () => 2.5)).toBe('reject');
    expect(
      of(
        () => 1,
        (at) => 2.5 * sign(at),
      ),
    ).toBe('reject');
  });
  it('are negative units where prices stand in place of amounts', () => {
    const mapping = sold('date,sku,qty,price', (at) => `${day(at)},P1,${at === 7 ? -2 : 1},2.5`);
    expect(mapping).toMatchObject({ amountFrom: 'unit_price', negatives: 'returns' });
  });
  it.each([
    ['type', 'Sale', 'Return'],
    ['Belegart', 'Verkauf', 'Retoure'],
    ['Soort', 'Verkoop', 'Retour'],
    ['Opération', 'Vente', 'Avoir'],
  ])('may be told by a column of words: %s', (name, sale, takenBack) => {
    const mapping = sold(`date,sku,qty,amount,${name}`, (at) => `${day(at)},P1,1,2.5,${at % 9 ? sale : takenBack}`);
    expect(mapping.columns.is_return).toBe(name);
    expect(mapping.columns.category_1).toBeUndefined();
    expect(mapping.negatives).toBe('returns');
  });
});
