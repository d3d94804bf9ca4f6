import { afterAll, describe, expect, it } from 'vitest';
import type { NewCorrection } from '@/lib/contract/corrections';
import { loadPool } from '@/lib/db/pool';
import { apply, loaded, ofProduct, spelling, who } from './corrections.fixture';
import { draftCorrections } from './draft';
import { listCorrections } from './list';

afterAll(() => loadPool.end());

describe('corrections', () => {
  it.each<[string, NewCorrection[], string, RegExp]>([
    ['of a brand that is none', [spelling('Nobody', 'Pepsi')], 'corrections.0.subject', /no brand of this name/],
    ['of a product that is none', [ofProduct('x9', 'Pepsi')], 'corrections.0.subject', /no product of this code/],
    ['to itself', [spelling('Pepsi', 'Pepsi')], 'corrections.0.brand', /another name/],
    [
      'in a circle',
      [spelling('PEPSI', 'Pepsi'), spelling('Pepsi', 'PEPSI')],
      'corrections.1.brand',
      /counts as "Pepsi" itself/,
    ],
    ['twice', [spelling('PEPSI', 'Pepsi'), spelling('PEPSI', 'P')], 'corrections.1.subject', /twice/],
  ])('are refused: %s', async (_, corrections, field, message) => {
    const w = await loaded();
    await expect(draftCorrections(who(w), corrections)).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ field, message: expect.stringMatching(message) }],
    });
    expect(await listCorrections(w, { limit: 1 })).toMatchObject({ total: 0 });
  });

  it('of the draft can be changed, those applied cannot', async () => {
    const w = await loaded();
    await draftCorrections(who(w), [spelling('PEPSI', 'Pep')]);
    await apply(w, [spelling('PEPSI', 'Pepsi')]);
    expect(await listCorrections(w, { limit: 5 })).toMatchObject({ items: [{ brand: 'Pepsi' }], total: 1 });
    const again = draftCorrections(who(w), [spelling('PEPSI', 'Other')]);
    await expect(again).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
