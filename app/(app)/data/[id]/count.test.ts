import { expect, it } from 'vitest';
import { countedReader } from '@/lib/values/date-form';
import { countOf, countText, isCount } from './count';

it('holds a count as it is filled in, and writes one that dates are read by', () => {
  expect(countOf('week 40 = 1990-06-14')).toEqual({ unit: 'week', number: '40', day: '1990-06-14' });
  const begun = countText({ unit: 'day', number: '', day: '' });
  expect([isCount(begun), countOf(begun)]).toEqual([true, { unit: 'day', number: '', day: '' }]);
  expect(['auto', 'DD/MM/YYYY', 'excel'].map(isCount)).toEqual([false, false, false]);
  const read = countedReader(countText({ unit: 'day', number: '1', day: '2024-01-01' }));
  expect(read?.('24')).toEqual({ date: '2024-01-24', time: null });
});
