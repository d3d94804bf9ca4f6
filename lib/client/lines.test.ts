import { describe, expect, it } from 'vitest';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { linesUnder } from './lines';

const answer = (slice: QueryResponse['meta']['slice']) =>
  ({ meta: { range: { from: '2024-01-01', to: '2024-01-31' }, slice } }) as QueryResponse;
const row = (more: Partial<QueryRow>): QueryRow => ({ member: null, period: null, values: {}, ...more });
const north = { region: [1] };

describe('the lines under a number', () => {
  it('are those of the slice for a total, and of its member for a row', () => {
    expect(linesUnder(answer({ filters: north }))).toEqual({ from: '2024-01-01', to: '2024-01-31', filters: north });
    const member = { id: 7, name: 'Seven' };
    expect(linesUnder(answer({ filters: north, by: 'brand' }), row({ member }))?.filters).toEqual({
      region: [1],
      brand: [7],
    });
  });

  it('cannot be named for a period, an attribute, or what belongs to no member', () => {
    const ofBrand = answer({ filters: {}, by: 'brand' });
    expect(linesUnder(ofBrand, row({ period: '2024-01-01' }))).toBeNull();
    expect(linesUnder(ofBrand, row({ member: { id: null, name: '(none)' } }))).toBeNull();
    expect(
      linesUnder(answer({ filters: {}, by: 'product:colour' }), row({ member: { id: null, name: 'red' } })),
    ).toBeNull();
    expect(linesUnder(answer(undefined))).toBeNull();
  });
});
