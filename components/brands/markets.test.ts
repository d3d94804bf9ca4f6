import { describe, expect, it } from 'vitest';
import { commonAncestors } from './markets';

const tree = [
  { id: 1, name: 'All', parentId: null },
  { id: 2, name: 'Drinks', parentId: 1 },
  { id: 3, name: 'Snacks', parentId: 1 },
  { id: 4, name: 'Coffee', parentId: 2 },
  { id: 5, name: 'Tea', parentId: 2 },
  { id: 6, name: 'Crisps', parentId: 3 },
];
const of = (...ids: number[]) => commonAncestors(tree, ids).map(({ name }) => name);

describe('commonAncestors', () => {
  it('goes from the category itself upwards, the root left out', () => {
    expect(of(4)).toEqual(['Coffee', 'Drinks']);
  });

  it('keeps what holds all of the categories', () => {
    expect(of(4, 5)).toEqual(['Drinks']);
    expect(of(4, 6)).toEqual([]);
  });

  it('offers nothing for what it does not know', () => {
    expect(of()).toEqual([]);
    expect(of(9)).toEqual([]);
  });
});
