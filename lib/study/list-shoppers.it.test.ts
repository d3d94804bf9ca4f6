import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { numberSpec, type NumberInput } from '@/lib/contract/analysis-shoppers';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { analysisIds, analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask } from './ask.fixture';
import { listAnalysisShoppers, streamAnalysisShoppers } from './list-shoppers';

// Each number of an analysis that opens its shoppers opens so many.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const list = (workspaceId: number, input: NumberInput) =>
  listAnalysisShoppers(workspaceId, numberSpec.parse(input), { limit: 100 });

type Place = NumberInput['number'];
interface Opened {
  place: Place;
  /** How many shoppers it says that there are. */
  says: number;
}

/** Every number of the answer that opens; a percentage says so many of the row's own count. */
function opened({ figures, tables }: AnalysisResponse): Opened[] {
  const cells = tables.flatMap(({ id, columns, rows, opens }) => {
    const at = columns.findIndex((column) => column.unit === 'count' && opens?.columns.includes(column.id));
    return rows.slice(0, opens?.rows ?? 0).flatMap((row, line) =>
      (opens?.columns ?? []).flatMap((column) => {
        const place = columns.findIndex((one) => one.id === column);
        const cell = row[place];
        if (typeof cell !== 'number') return [];
        const says = columns[place]!.unit === 'percent' ? (cell * Number(row[at])) / 100 : cell;
        return [{ place: { table: id, row: line, column }, says }];
      }),
    );
  });
  const singles = figures.flatMap(({ id, value, opens }) =>
    opens && value !== null ? [{ place: { figure: id }, says: value }] : [],
  );
  return [...singles, ...cells];
}

describe('random data, with returns, anonymous lines and lines without a receipt', () => {
  let workspaceId = 0;
  let filters = {};
  let asked: { from: string; to: string };
  beforeAll(async () => {
    const slug = `opens-${randomUUID().slice(0, 8)}`;
    const made = await insertRandomWorkspace(pool, { seed: 31, basketsSpan: false, slug });
    workspaceId = made.workspaceId;
    await rebuildRollups(workspaceId);
    const days = [...made.days].sort();
    // Not the first of the data, which has nothing before it, and not whole months.
    asked = { from: days[Math.floor(days.length / 3)]!, to: days.at(-1)! };
    const { rows } = await pool.query<{ id: number }>(
      'SELECT id FROM brand WHERE workspace_id = $1 ORDER BY id LIMIT 2',
      [workspaceId],
    );
    filters = { brand: rows.map(({ id }) => id) };
  }, 60_000);

  const opening: AnalysisId[] = [
    ...(['loyalty', 'duplication', 'double_jeopardy', 'switching', 'buyer_flow', 'repeat', 'trial_repeat'] as const),
    ...(['cohorts', 'concentration_of_buyers', 'rfm'] as const),
  ];

  it.each(opening)('%s', { timeout: 120_000 }, async (analysis) => {
    const spec = {
      analysis,
      ...asked,
      filters,
      ...(analysisOf(analysis).compares && { compare: 'previous_period' as const }),
    };
    const found = opened(await ask(workspaceId, spec));
    expect(found.length).toBeGreaterThan(0);
    // Of long tables some rows: each list is a question of its own.
    const step = Math.ceil(found.length / 40);
    for (const { place, says } of found.filter((_, at) => at % step === 0)) {
      const { items, total } = await list(workspaceId, { ...spec, number: place });
      expect([total, items.length], JSON.stringify(place)).toEqual([Math.round(says), Math.min(Math.round(says), 100)]);
      expect(new Set(items.map(({ shopper }) => shopper)).size).toBe(items.length);
    }
  });

  it('nothing else says that it opens', async () => {
    for (const analysis of analysisIds.filter((id) => !opening.includes(id))) {
      expect(opened(await ask(workspaceId, { analysis, ...asked, filters })), analysis).toEqual([]);
    }
  });
});

describe('the worked example', () => {
  let example: WorkedExample;
  const coffee = (number: Place, more: Partial<NumberInput> = {}) =>
    list(example.workspaceId, {
      analysis: 'buyer_flow',
      grain: 'week',
      from: '2024-01-15',
      to: '2024-01-28',
      compare: { from: '2024-01-01', to: '2024-01-14' },
      filters: { category: [example.categories.coffee] },
      ...more,
      number,
    } as NumberInput);
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it('lists who came with what they bought now, who lapsed with what they had bought', async () => {
    const come = await coffee({ figure: 'new' });
    expect(come).toMatchObject({ of: 'New', total: 1, range: { from: '2024-01-15', to: '2024-01-28' } });
    expect(come.items).toEqual([
      { shopper: 's4', trips: 1, units: 1, amount: 4, first: '2024-01-18', last: '2024-01-18' },
    ]);
    const lapsed = await coffee({ figure: 'lapsed' });
    expect(lapsed.range).toEqual({ from: '2024-01-01', to: '2024-01-14' });
    expect(lapsed.items.map(({ shopper, amount }) => [shopper, amount])).toEqual([
      ['s1', 14],
      ['s2', 5],
    ]);
    const week = await coffee({ table: 'flow', row: 0, column: 'retained' });
    expect([week.of, week.items.map(({ shopper }) => shopper)]).toEqual([
      'Week 15 Jan – 21 Jan 2024 · Retained',
      ['s3'],
    ]);
  });

  it('streams the same as CSV', async () => {
    const spec = numberSpec.parse({
      analysis: 'repeat',
      from: '2024-01-01',
      to: '2024-01-28',
      number: { table: 'rates', row: 0, column: 'repeaters' },
    });
    let text = '';
    for await (const piece of streamAnalysisShoppers(example.workspaceId, spec)) text += piece;
    expect(text.split('\r\n')).toEqual([
      'shopper,trips,units,amount,first,last',
      's3,2,3,17,2024-01-10,2024-01-16',
      '',
    ]);
  });

  it.each<[Place, Partial<NumberInput>, string, RegExp]>([
    [{ figure: 'retention' }, {}, 'number.figure', /buyers, before, new, retained, lapsed/],
    [{ figure: 'new' }, { from: '2024-01-01' }, 'number.figure', /not known/],
    [{ table: 'other', row: 0, column: 'new' }, {}, 'number.table', /flow/],
    [{ table: 'flow', row: 0, column: 'period' }, {}, 'number.column', /retained/],
    [{ table: 'flow', row: 2, column: 'new' }, {}, 'number.row', /0 to 1/],
    [{ figure: 'sales' }, { analysis: 'concentration' }, 'number.figure', /opens nothing/],
  ])('%j is no such number', async (number, more, field, message) => {
    const compare = more.from ? { from: '2022-01-01', to: '2022-01-14' } : more.analysis ? 'none' : undefined;
    const grain = more.analysis ? undefined : 'week';
    await expect(coffee(number, { ...more, grain, ...(compare && { compare }) } as never)).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ field, message: expect.stringMatching(message) as string }],
    });
  });

  it('a field that is none is told', () => {
    const wrong = {
      analysis: 'rfm',
      from: '2024-01-01',
      to: '2024-01-28',
      number: { table: 'grid', row: -1, column: 'f5' },
    };
    expect(numberSpec.safeParse(wrong).success).toBe(false);
  });
});
