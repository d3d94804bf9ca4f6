import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { querySpec, readQuery } from '@/lib/contract/query';
import { listBrands } from '@/lib/contract/members';
import type { ApiError } from '@/lib/contract/errors';
import { parse, searchObject } from './parse';

const faults = async (run: Promise<unknown>) => {
  const error = (await run.then(
    () => null,
    (cause: unknown) => cause,
  )) as ApiError | null;
  expect(error?.code).toBe('invalid_request');
  return Object.fromEntries((error?.details ?? []).map(({ field, message }) => [field, message]));
};

const spec = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-01-31' };

describe('what is wrong is named, with what would be right', () => {
  it('in a query', async () => {
    const wrong = {
      metrics: ['value_sale'],
      from: '2024-13-01',
      to: 7,
      by: 'colour',
      limit: 101,
      colour: 1,
      filters: { brand: ['x'], shade: [1] },
    };
    const told = await faults(parse(querySpec, wrong, 'body'));
    expect(told['metrics.0']).toMatch(/^must be one of value_sales, unit_sales, /);
    expect(told.from).toBe('must be a date as YYYY-MM-DD');
    expect(told.to).toBe('must be a date as YYYY-MM-DD');
    expect(told.by).toMatch(/^must be one of manufacturer, .*; or must be an attribute, as product:colour$/);
    expect(told.limit).toBe('must be at most 100');
    expect(told.colour).toContain('Known are: metrics, from, to');
    expect(told['filters.brand.0']).toBe('must be a whole number');
    expect(told['filters.shade']).toBeDefined();
  });

  it('for what is missing, and for dates the wrong way round', async () => {
    expect(await faults(parse(querySpec, { from: '2024-01-01', to: '2024-01-02' }, 'body'))).toEqual({
      metrics: 'is missing: expected array',
    });
    expect(await faults(parse(querySpec, { ...spec, from: '2025-01-01' }, 'body'))).toEqual({
      to: 'must not be before from',
    });
    expect(await faults(parse(querySpec, null, 'body'))).toHaveProperty('body');
  });

  it('inside the JSON of a link', async () => {
    expect(await faults(parse(readQuery.query, { q: '{' }, 'query'))).toEqual({ q: 'must be JSON' });
    const q = JSON.stringify({ ...spec, limit: 0 });
    expect(await faults(parse(readQuery.query, { q }, 'query'))).toHaveProperty(['q.limit']);
  });

  it('for ids and page sizes', async () => {
    const told = await faults(
      parse(listBrands.query, { category: 'x', limit: '1000', manufacturer: '99999999999' }, 'query'),
    );
    expect(told).toEqual({
      category: 'must be a whole number',
      limit: 'must be from 1 to 100',
      manufacturer: 'must be a whole number up to 2147483647',
    });
  });

  it('for a parameter given twice', async () => {
    expect(() => searchObject(new URLSearchParams('a=1&a=2'))).toThrow(/a is given more than once/);
    expect(await parse(listBrands.query, searchObject(new URLSearchParams('search=a')), 'query')).toMatchObject({
      search: 'a',
      limit: 50,
    });
  });

  it('for text that no database takes, wherever it stands', async () => {
    expect(await faults(parse(listBrands.query, { search: 'a\u0000' }, 'query'))).toEqual({
      search: 'holds a NUL character',
    });
    const body = z.object({ list: z.array(z.record(z.string(), z.string())) });
    const told = (list: object[]) => faults(parse(body, { list }, 'body'));
    expect((await told([{}, { of: 'x\ud800y' }]))['list.1.of']).toMatch(/^holds half of a surrogate pair/);
    expect((await told([{ 'x\udc00': '' }]))['list.0']).toMatch(/^has a key that holds half of a surrogate pair/);
    for (const search of ['\u0000', '\ud800']) {
      const q = JSON.stringify({ ...spec, search });
      expect(Object.values(await faults(parse(readQuery.query, { q }, 'query')))).toHaveLength(1);
    }
    // A pair is a character, and text about an escape is text.
    const fine = { list: [{ of: '🧃 \\u0000 \\ud800' }] };
    expect(await parse(body, fine, 'body')).toEqual(fine);
  });

  it('for what is nested without end', async () => {
    const deep = JSON.parse(`{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`) as unknown;
    expect(await faults(parse(z.any(), deep, 'body'))).toEqual({ name: 'is nested deeper than 100 levels' });
  });
});
