import { describe, expect, it } from 'vitest';
import { readBack } from './tables.fixture';

const lines = (...values: unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');

describe('JSON', () => {
  it('is refused in an encoding that it is never written in', async () => {
    await expect(readBack('[{"a":1}]', { encoding: 'cp850' })).rejects.toThrow('save it as UTF-8');
  });
  it('reads an array of objects: all keys are columns, in the order in which they come', async () => {
    const text = lines([{ a: 1, b: 'x' }, { b: 'y', c: null }, { a: true }]);
    expect((await readBack(text)).table).toEqual([
      ['a', 'b', 'c'],
      ['1', 'x', ''],
      ['', 'y', ''],
      ['true', '', ''],
    ]);
  });
  it('reads one object a line', async () => {
    const { table, source } = await readBack(lines({ id: '007', n: 1 }, { id: '008', n: 2 }));
    expect(table).toEqual([
      ['id', 'n'],
      ['007', '1'],
      ['008', '2'],
    ]);
    expect(source).toMatchObject({ format: 'json', named: true });
  });
  it('keeps numbers as they are written', async () => {
    const text = '[{"id":9007199254740993,"price":1.10,"tiny":1e-7,"big":123456789012345678901234567890}]';
    expect((await readBack(text)).table[1]).toEqual([
      '9007199254740993',
      '1.10',
      '1e-7',
      '123456789012345678901234567890',
    ]);
  });
  it('joins the keys of nested objects with dots, and keeps arrays as JSON', async () => {
    const text = '{"p":{"code":"00","brand":{"name":"X"}},"tags":["a",12345678901234567890,{"k":[null]}]}\n{"p":{}}';
    expect((await readBack(text)).table.slice(0, 2)).toEqual([
      ['p.code', 'p.brand.name', 'tags'],
      ['00', 'X', '["a",12345678901234567890,{"k":[null]}]'],
    ]);
  });
  it('finds the array in an object, and lets choose between several', async () => {
    const text = JSON.stringify({ meta: { pages: 2, tags: ['a'] }, data: { rows: [{ a: '1' }] }, other: [{ b: '2' }] });
    const first = await readBack(text);
    expect(first.table).toEqual([['a'], ['1']]);
    expect(first.source).toMatchObject({ sheets: ['data.rows', 'other'], sheet: 'data.rows' });
    expect((await readBack(text, { sheet: 'other' })).table).toEqual([['b'], ['2']]);
    await expect(readBack(text, { sheet: 'none' })).rejects.toThrow('it holds data.rows, other');
  });
  it.each([
    ['an array of arrays', '[["id","name"],["1","Oat"],["2","Rye"]]'],
    ['an array a line', '["id","name"]\n["1","Oat"]\n["2","Rye"]'],
  ])('takes the first of %s for the header', async (_, text) => {
    expect((await readBack(text)).table).toEqual([
      ['id', 'name'],
      ['1', 'Oat'],
      ['2', 'Rye'],
    ]);
  });
  it('keeps rows that look like notes and totals', async () => {
    const rows = [{ a: 'x', b: '1', c: '2', d: '3' }, { a: 'y', b: '1', c: '2', d: '3' }, { a: 'Total' }];
    expect((await readBack(JSON.stringify(rows))).table).toHaveLength(4);
  });
  it('reads a single object as a row', async () => {
    expect((await readBack('{"a":1,"b":2}')).table).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
  it('reads what systems write in place of UTF-8', async () => {
    const text = JSON.stringify([{ name: 'Käse, groß' }, { name: 'Crème brûlée' }, { name: 'Ärger' }]);
    const table = [['name'], ['Käse, groß'], ['Crème brûlée'], ['Ärger']];
    expect((await readBack(Buffer.from(text, 'latin1'))).table).toEqual(table);
    const damaged = Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff]), Buffer.from('"}]')]);
    await expect(readBack(damaged)).rejects.toThrow('not written in UTF-8');
  });
  it('reads UTF-16', async () => {
    const bytes = Buffer.from('\ufeff[{"name":"Crème"}]', 'utf16le');
    expect((await readBack(bytes)).table).toEqual([['name'], ['Crème']]);
  });
  it.each([
    ['cut off', '{"a":1}\n{"a":2}\n{"a":', 'broken or cut off in line 3'],
    ['nested without end', '['.repeat(60_000), 'inside of one another in line 1'],
    ['with a comma too many', '[{"a":1},\n{"a":2,}]', 'broken or cut off in line 2'],
    ['without rows', '[{}]', 'holds no rows'],
    ['of mixed rows', '[{"a":1},[2]]', 'mixes objects and arrays'],
  ])('refuses one %s', async (_, content, sentence) => {
    await expect(readBack(content)).rejects.toThrow(sentence);
  });
  it('refuses a record over the limit', async () => {
    await expect(readBack(`[{"a":"${'x'.repeat(1_100_000)}"}]`)).rejects.toThrow('longer than the limit of 1,000,000');
  });
  it('refuses too many columns', async () => {
    const row = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`c${at}`, at]));
    await expect(readBack(JSON.stringify([row]))).rejects.toThrow('the limit is 2,000 (MAX_COLUMNS)');
  });
});
