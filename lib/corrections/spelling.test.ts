import { expect, it } from 'vitest';
import { spellingKey } from './spelling';

it('is the same for spellings of one brand', () => {
  for (const name of ['Café Alba', 'CAFÉ ALBA', 'Cafe\u0301  Alba®', 'cafe-alba™', ' Cafe Alba℠ (R)'])
    expect(spellingKey(name), name).toBe('cafealba');
  expect(spellingKey('M&M’s')).toBe(spellingKey('m and ms'));
  expect(spellingKey('Café Alta')).not.toBe('cafealba');
});
