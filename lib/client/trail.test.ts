import { describe, expect, it } from 'vitest';
import type { QueryInput } from '@/lib/contract/query';
import { atPage, cursorsOf, markOf, trail } from './trail';

const question: QueryInput = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-12-31', by: 'brand', limit: 25 };
const walked = { of: markOf(question), cursors: ['WzEsMjVd', 'WzEsNTBd'] };

describe('trail', () => {
  it('comes back from the address as it went in', () => {
    expect(trail.parse(trail.serialize(walked))).toEqual(walked);
  });

  it('leaves what is no trail aside', () => {
    for (const text of ['', 'abc', '.x', 'abc.', 'abc..x']) expect(trail.parse(text)).toBeNull();
  });
});

describe('atPage', () => {
  it('asks for the last page walked to', () => {
    expect(atPage(question, walked)).toEqual({ ...question, cursor: 'WzEsNTBd' });
    expect(atPage(question, null)).toEqual(question);
  });

  it('starts over when the question is another', () => {
    for (const other of [{ sort: 'name' }, { search: 'a' }, { limit: 50 }, { filters: { region: [1] } }]) {
      expect(cursorsOf(walked, { ...question, ...other })).toEqual([]);
      expect(atPage({ ...question, ...other }, walked)).not.toHaveProperty('cursor');
    }
  });
});
