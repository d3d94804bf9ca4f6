import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { listBaskets } from '@/lib/query/list-baskets';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

// Brands against one another.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const january = { from: '2024-01-01', to: '2024-01-31' };

/** Each number of baskets is as long as the list that it opens. */
async function opensBaskets(answers: readonly AnalysisResponse[], workspaceId: number): Promise<void> {
  let opened = 0;
  for (const { figures, tables } of answers) {
    const asked = [
      ...figures.map(({ value, baskets }) => ({ value, q: baskets })),
      ...tables.flatMap(({ columns, rows, baskets }) => {
        const at = columns.findIndex(({ id }) => id === baskets?.column);
        return rows.map((row, line) => ({ value: row[at], q: baskets?.of[line] }));
      }),
    ];
    for (const { value, q } of asked) {
      const { items, total } = await listBaskets(workspaceId, q!, { limit: 100, shoppers: false });
      expect([items.length, total], JSON.stringify(q)).toEqual([Math.min(100, Number(value)), value]);
      opened += 1;
    }
  }
  expect(opened).toBeGreaterThan(answers.length);
}

describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  let example: WorkedExample;
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it('double jeopardy', async () => {
    const answer = await ask(example.workspaceId, { analysis: 'double_jeopardy', ...january }, forceLines);
    expect(answer.figures.map(({ value }) => value)).toEqual([5]);
    // X and Y are bought by 3 of 5 once each: w(1 − b) = 1 × 0.4. Four of five bought coffee 6 times, more than the Poisson
    // distribution of 1.2 leads to expect (69.9 %), tea one of five once (18.1 %): no NBD is so even.
    expect(tableOf(answer, 'brands')).toEqual([
      'X | Coffee | 3 | 60 | n/a | 1 | n/a | n/a | 0.4 | 0',
      'Y | Coffee | 3 | 60 | n/a | 1 | n/a | n/a | 0.4 | 0',
      'Z | Tea | 1 | 20 | n/a | 1 | n/a | n/a | 0.8 | 0',
    ]);
    expect(tableOf(answer, 'categories')).toEqual([
      'Coffee | 80 | 1.5 | 0.4 | n/a | n/a',
      'Tea | 20 | 1 | 0.8 | n/a | n/a',
    ]);
    expect(answer.notes[0]).toMatch(/^Coffee has no Dirichlet norm: its purchases do not fit/);
  });

  it('what was bought on promotion, against all buyers of the market', async () => {
    // Of coffee only s3 bought on promotion, X2 of brand X; four bought coffee at any price.
    const asked = { ...january, filters: { category: [example.categories.coffee], promotion: 'promoted' as const } };
    const shared = await ask(example.workspaceId, { analysis: 'duplication', ...asked }, forceLines);
    expect(shared.figures.map(({ value }) => value)).toEqual([null, 4]);
    expect(tableOf(shared, 'duplication')[0]).toBe('X | 1 | 25 | n/a');
    const loyal = await ask(example.workspaceId, { analysis: 'loyalty', ...asked }, forceLines);
    expect(loyal.figures.map(({ value }) => value)).toEqual([4]);
    expect(tableOf(loyal, 'brands')).toEqual(['X | 1 | 25 | 0 | 100 | 100 | 100']);
  });

  it('affinity', async () => {
    const asked = { analysis: 'affinity', ...january } as const;
    const brands = await ask(example.workspaceId, asked, forceLines);
    // Of 7 baskets 4 hold X, 3 Y, one both; 1 ÷ 7 against 4 ÷ 7 × 3 ÷ 7.
    expect(tableOf(brands, 'pairs')).toEqual(['X | Y | 1 | 14.2857 | 25 | 33.3333 | 0.5833']);
    expect(tableOf(brands, 'members')).toEqual(['X | 4 | 57.1429', 'Y | 3 | 42.8571', 'Z | 1 | 14.2857']);
    expect(brands.meta.sources.at(-1)).toMatchObject({ source: 'lines', rowsRead: 8 });
    const one = { ...asked, filters: { brand: [example.brands.Y] } };
    expect(tableOf(await ask(example.workspaceId, one, forceLines), 'pairs')).toEqual([
      'Y | X | 1 | 16.6667 | 33.3333 | 25 | 0.5',
    ]);
    const categories = await ask(example.workspaceId, { ...asked, members: 'category' }, forceLines);
    expect(tableOf(categories, 'members')).toEqual(['Coffee | 6 | 85.7143', 'Tea | 1 | 14.2857']);
    expect(tableOf(categories, 'pairs')).toEqual([]);
    expect(categories.notes).toContain('No basket holds two of them.');
    const two = await ask(example.workspaceId, { ...asked, members: 'product', top: 2 }, forceLines);
    expect(tableOf(two, 'pairs')).toEqual([
      expect.stringMatching(/^(X1 \| Y1|Y1 \| X1) \| 1 \| 14.2857 \| 33.3333 \| 33.3333 \| 0.7778$/),
    ]);
    // Of a promotion alone.
    const promoted = await ask(example.workspaceId, { ...asked, filters: { promotion: 'promoted' } }, forceLines);
    await opensBaskets(
      [promoted, brands, categories, two, await ask(example.workspaceId, one, forceLines)],
      example.workspaceId,
    );
    expect(two.notes).toContain('Among the 2 in the most baskets, of 4.');
  });
});

it('the Dirichlet norm is fitted where purchases are uneven', async () => {
  const { workspaceId, stores, importId, products } = await insertWorkedExample(pool);
  await pool.query(
    `WITH b AS (INSERT INTO basket (workspace_id, date, store_id, receipt, import_id)
                SELECT $1, day, $2, 'more ' || day, $3 FROM generate_series('2024-01-19'::date, '2024-01-22', '1 day') AS day
                RETURNING id, date)
     INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, shopper_no, basket_id, product_id, units, amount)
     SELECT $1, $3, 100 + row_number() OVER (), date, $2, 1, id, $4, 1, 500 FROM b`,
    [workspaceId, stores.A, importId, products.X1],
  );
  await rebuildRollups(workspaceId);
  const { tables } = await ask(workspaceId, { analysis: 'double_jeopardy', ...january });
  const [x, y] = tables[0]!.rows.map((row) => row.slice(2).map(Number));
  // Ten purchases of five shoppers, of whom one buys none: (1 + 2 ÷ K)^−K = 0.2.
  const k = Number(tables[1]!.rows[0]![4]);
  expect((1 + 2 / k) ** -k).toBeCloseTo(0.2, 9);
  // No S gives Y so many buyers, so that S is the one at which X has its own.
  expect(x!.slice(0, 6)).toEqual([3, 60, expect.closeTo(60, 4), 7 / 3, expect.closeTo(7 / 3, 4), expect.closeTo(0, 3)]);
  // Of its share of 30 % the norm expects 0.6 purchases a shopper, by fewer buyers than there are.
  const [, penetration = 0, expected = 0, , frequency = 0, deviation = 0] = y!;
  expect(penetration).toBe(60);
  expect(expected).toBeLessThan(45);
  expect((expected / 100) * frequency).toBeCloseTo(0.6, 9);
  expect(deviation).toBeCloseTo((1 / frequency - 1) * 100, 6);
});

describe('a random workspace', () => {
  let workspaceId: number;
  beforeAll(async () => {
    const slug = `brands-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 31, basketsSpan: false, slug }));
    await rebuildRollups(workspaceId);
  }, 60_000);

  it.each([{ analysis: 'double_jeopardy' }] as const)(
    '$analysis is the same from rollups and from lines',
    async (asked) => {
      const [rollups, lines, { tables }] = await bothWays(workspaceId, {
        from: '2024-01-01',
        to: '2024-02-29',
        ...asked,
      });
      expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(1);
      expect(rollups).toEqual(lines);
    },
  );

  it('counts the baskets that hold two products as the lines do', async () => {
    const { rows: held } = await pool.query<{ basket: string; code: string }>(
      `SELECT DISTINCT basket_id AS basket, p.code FROM sale_line l
       JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
       WHERE l.workspace_id = $1 AND basket_id IS NOT NULL AND NOT is_return AND units > 0`,
      [workspaceId],
    );
    const baskets = new Map<string, Set<string>>();
    for (const { basket, code } of held) baskets.set(basket, (baskets.get(basket) ?? new Set()).add(code));
    const asked = { analysis: 'affinity', members: 'product', top: 50, from: '2023-12-01', to: '2024-03-31' } as const;
    const answer = await ask(workspaceId, asked);
    const largest = answer.tables.map((table) => ({ ...table, rows: table.rows.slice(0, 5) }));
    await opensBaskets([{ ...answer, tables: largest }], workspaceId);
    const { tables } = answer;
    const pairs = tables[0]!.rows;
    expect(pairs.length).toBeGreaterThan(20);
    const both = (a: string, b: string) => [...baskets.values()].filter((codes) => codes.has(a) && codes.has(b)).length;
    for (const [a, b, counted] of pairs) expect(counted).toBe(both(String(a), String(b)));
    const codes = [...new Set(held.map(({ code }) => code))];
    const expected = codes.flatMap((a) => codes.filter((b) => a < b && both(a, b) > 0));
    expect(pairs.length).toBe(expected.length);
  });

  it('answers outside the data with null', async () => {
    for (const analysis of ['double_jeopardy', 'affinity'] as const) {
      const answer = await ask(workspaceId, { analysis, from: '2010-01-01', to: '2010-12-31' });
      const numbers = [
        ...answer.figures.map(({ value }) => value),
        ...answer.tables.flatMap(({ rows }) => rows).flat(),
      ];
      expect(numbers.filter((cell) => typeof cell === 'number')).toEqual([]);
    }
  });
});
