import { describe, expect, it } from 'vitest';
import { basketsSpec, leavesSpec, linesSpec, shoppersSpec } from '@/lib/contract/drill';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricIds, metricOf } from '@/lib/metrics/catalog';
import { leavesOf } from '@/lib/metrics/metric';
import { askedOf, drillOf } from './drill';

const dates = { from: '2024-01-01', to: '2024-01-31' };
const answer = (slice: QueryResponse['meta']['slice']) => ({ meta: { range: dates, slice } }) as QueryResponse;
const row = (more: Partial<QueryRow>): QueryRow => ({ member: null, period: null, values: {}, ...more });
const north = { region: [1] };

describe('a number is named', () => {
  it('by its question for a total, and by its member and its period for a row', () => {
    const plain = { ...dates, filters: north, compare: 'none' };
    expect(askedOf(answer({ filters: north }))).toEqual(plain);
    const ofBrand = answer({ filters: north, by: 'brand', grain: 'month', market: 'slice' });
    const member = { id: 7, name: 'Seven' };
    expect(askedOf(ofBrand, row({ member, period: '2024-01-01' }))).toEqual({
      ...plain,
      by: 'brand',
      grain: 'month',
      market: 'slice',
      member: '7',
      period: '2024-01-01',
    });
  });

  it('by the key of a member without an id, and by null for what belongs to none', () => {
    const ofColour = answer({ filters: {}, by: 'product:colour' });
    expect(askedOf(ofColour, row({ member: { id: null, name: 'red', key: 'red' } }))?.member).toBe('red');
    expect(askedOf(ofColour, row({ member: { id: null, name: '(none)' } }))?.member).toBeNull();
    expect(askedOf(ofColour, row({}))).not.toHaveProperty('member');
    expect(askedOf(answer(undefined))).toBeNull();
  });

  it('so that what it opens is understood, for every leaf of every metric', () => {
    const asked = askedOf(answer({ filters: north, by: 'brand', compare: 'previous_year' }))!;
    const shapes = { lines: linesSpec, shoppers: shoppersSpec, baskets: basketsSpec };
    for (const id of metricIds) {
      expect(leavesSpec.safeParse({ ...asked, metric: id }).success).toBe(true);
      for (const leaf of leavesOf(metricOf(id))) {
        const drill = drillOf(leaf, asked, 'before');
        const noList =
          'constant' in leaf ||
          ('stores' in leaf && leaf.stores === 'selling') ||
          ('shelf' in leaf && ['stores', 'storeWeeks', 'itemCommodity'].includes(leaf.shelf));
        expect(drill && shapes[drill.of].safeParse(drill.q).success, id).toBe(noList ? null : true);
      }
    }
  });
});
