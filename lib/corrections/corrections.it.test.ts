import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { act, one, products } from '@/lib/ingest/examples.fixture';
import { publish } from '@/lib/ingest/publish';
import { revert } from '@/lib/ingest/revert';
import { newWorkspace, numbersOf, stageMembers } from '@/lib/ingest/staged.fixture';
import { verifyRollups } from '@/lib/rollups/verify';
import { apply, loaded, ofProduct, spelling, undo, who } from './corrections.fixture';
import { draftCorrections, dropCorrection } from './draft';
import { readBrandInbox } from './inbox';
import { listCorrections } from './list';
import { settleCorrections } from './settle';

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const brandsOf = async (w: number) => (await products(w)).map((row) => row.split(' | ')[2]);
const idsOf = async (w: number) =>
  (
    await loadPool.query<{ row: string }>(
      `SELECT name || ' ' || id AS row FROM brand WHERE workspace_id = $1 ORDER BY 1`,
      [w],
    )
  ).rows;

describe('the brand inbox', () => {
  it('groups spellings of one brand, the one that sells most first, and finds brands in names of products without one', async () => {
    const w = await loaded();
    const inbox = await readBrandInbox(w);
    expect(
      inbox.spellings.map(({ proposed, brands }) => [
        proposed,
        ...brands.map(({ name, products, sales }) => `${name} ${products} ${sales}`),
      ]),
    ).toEqual([
      ['Pepsi', 'Pepsi 1 50', 'PEPSI 1 6'],
      ['COCA COLA', 'COCA COLA 2 22', 'Coca-Cola 1 10', 'Cóca-Cola (R) 1 4', 'coca  cola® 1 3'],
    ]);
    expect(inbox.products).toEqual([
      { code: 'n2', name: 'Water', sales: 9, proposed: null },
      { code: 'n1', name: 'COCA COLA light', sales: 8, proposed: expect.stringMatching(/^coca.cola/i) },
    ]);
    expect(inbox).toMatchObject({ spellingsTotal: 2, productsTotal: 2 });
  });

  it('leaves out what the draft is about, and shows it again when that is dropped', async () => {
    const w = await loaded();
    const [made] = await draftCorrections(who(w), [spelling('PEPSI', 'Pepsi'), ofProduct('n2', 'Spring')]);
    expect(await readBrandInbox(w)).toMatchObject({ spellingsTotal: 1, productsTotal: 1 });
    await dropCorrection(who(w), made!.id);
    expect(await readBrandInbox(w)).toMatchObject({ spellingsTotal: 2, productsTotal: 1 });
    await expect(dropCorrection(who(w), made!.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('corrections', () => {
  it('bring spellings together and give products their brand, in every rollup', async () => {
    const w = await loaded();
    const before = await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w]);
    await apply(w, [
      spelling('COCA COLA', 'Coca-Cola'),
      spelling('coca  cola®', 'Coca-Cola'),
      spelling('Cóca-Cola (R)', 'Coca-Cola'),
      ofProduct('n1', 'Coca-Cola'),
      ofProduct('n2', 'Evian'),
    ]);
    expect(await products(w)).toContain('n2 | Water | Evian | Spring | Soft');
    expect(await products(w)).toContain(
      '~unspecified:COCA COLA:Drinks | Coca-Cola (unspecified) | Coca-Cola | TCCC | Drinks | unspecified',
    );
    expect(await brandsOf(w)).not.toContain('COCA COLA');
    expect(
      await one(
        `SELECT sum(m.amount)::int AS value FROM sales_month m JOIN brand b ON b.workspace_id = m.workspace_id AND b.id = m.member_id
         JOIN category c ON c.workspace_id = m.workspace_id AND c.id = m.category_id AND c.parent_id IS NULL
         WHERE m.workspace_id = $1 AND m.member_kind = 2 AND b.name = 'Coca-Cola'`,
        [w],
      ),
    ).toBe(4700);
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(Number(before) + 1);
    expect((await readBrandInbox(w)).spellings.map(({ proposed }) => proposed)).toEqual(['Pepsi']);
  });

  it('undone, leave every number as before, and every brand its id', async () => {
    const w = await loaded();
    const [before, ids] = [await numbersOf(w), await idsOf(w)];
    const made = await apply(w, [
      spelling('COCA COLA', 'Coca-Cola'),
      spelling('PEPSI', 'Pep'),
      ofProduct('n1', 'Fanta'),
    ]);
    expect(await numbersOf(w)).not.toEqual(before);
    await undo(w, made);
    expect(await numbersOf(w)).toEqual(before);
    expect(await idsOf(w)).toEqual(ids);
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
  });

  describe('undone', () => {
    const chain = [
      spelling('coca  cola®', 'COCA COLA'),
      spelling('COCA COLA', 'Coca-Cola'),
      ofProduct('n1', 'coca  cola®'),
    ];
    // Several orders come by the same of them.
    const known = new Map<string, Promise<string[]>>();
    const alone = (left: number[]): Promise<string[]> => {
      const key = String(left.toSorted());
      const numbers = known.get(key) ?? given(chain.filter((_, at) => left.includes(at)));
      known.set(key, numbers);
      return numbers;
    };
    const given = async (rest: typeof chain): Promise<string[]> => {
      const w = await loaded();
      if (rest.length > 0) await apply(w, rest);
      return numbersOf(w);
    };

    const orders = [
      [0, 2, 1],
      [1, 2, 0],
      [2, 1, 0],
      [0, 1, 2],
      [1, 0, 2],
      [2, 0, 1],
    ];
    // With LONG=1 all of them.
    it.each(process.env['LONG'] ? orders : orders.slice(0, 3))(
      'in the order %i %i %i, leave after each step what the others alone give',
      async (...order) => {
        const w = await loaded();
        const ids: number[] = [];
        for (const each of chain) ids.push(...(await apply(w, [each])));
        for (const [step, at] of order.entries()) {
          await undo(w, [ids[at]!]);
          expect(await numbersOf(w)).toEqual(await alone(order.slice(step + 1)));
        }
      },
    );
  });

  it('hold for files that come later, and a revert in between changes nothing of that', async () => {
    const w = await loaded();
    const made = await apply(w, [spelling('PEPSI', 'Pepsi'), ofProduct('f1', 'Fanta Orange')]);
    const file = await stageMembers(w, 'products', { f1: { brand: 'PEPSI' }, new: { brand: 'PEPSI' } });
    await publish(act(w, file));
    expect(await products(w)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('new | new | Pepsi'),
        expect.stringContaining('f1 | f1 | Fanta Orange'),
      ]),
    );
    await undo(w, made);
    expect(await products(w)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('new | new | PEPSI'),
        expect.stringContaining('f1 | f1 | PEPSI'),
      ]),
    );
    await revert(act(w, file));
    expect(await numbersOf(w)).toEqual(await numbersOf(await loaded()));
  });

  it('change a product made by hand, and give it back', async () => {
    const w = await newWorkspace();
    await loadPool.query(
      `WITH b AS (INSERT INTO brand (workspace_id, name) VALUES ($1, 'Hand') RETURNING id)
       INSERT INTO product (workspace_id, code, name, brand_id, category_id)
       SELECT $1, '1', 'by hand', b.id, c.id FROM b, category c WHERE c.workspace_id = $1`,
      [w],
    );
    const made = await apply(w, [spelling('Hand', 'Machine')]);
    expect(await brandsOf(w)).toEqual(['Machine']);
    await undo(w, made);
    expect(await brandsOf(w)).toEqual(['Hand']);
    expect(await idsOf(w)).toHaveLength(1);
  });

  it('do nothing where nothing is to be done, and are listed with their state', async () => {
    const w = await loaded();
    const [id] = await apply(w, [spelling('PEPSI', 'Pepsi')]);
    await settleCorrections(who(w));
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(2);
    await draftCorrections(who(w), [spelling('Fanta', 'FANTA')]);
    expect(await listCorrections(w, { limit: 1 })).toMatchObject({
      total: 2,
      items: [{ state: 'draft' }],
      dataVersion: 2,
    });
    expect(await listCorrections(w, { limit: 5, state: 'applied' })).toMatchObject({
      total: 1,
      nextCursor: null,
      items: [{ id, subject: 'PEPSI', brand: 'Pepsi', state: 'applied', undoneAt: null }],
    });
  });
});
