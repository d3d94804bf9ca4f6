import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Totals } from '../../scripts/generate/truth';
import { buildWorld } from '../../scripts/generate/world';
import { writeFiles } from '../../scripts/generate/write';
import { ColumnStore } from './column-store';
import { loadLines } from './load';
import { drawQuestions, measureQuestion, type Sides } from './measure';
import { RowStore } from './row-store';

// What is measured at ten million lines is here asked of a few: Brandlens, SQL on the lines and DuckDB must answer alike.

const folder = mkdtempSync(join(tmpdir(), 'questions-'));
let sides: Sides;

beforeAll(async () => {
  await writeFiles(buildWorld({ lines: 5_000, seed: 1 }), new Totals(), folder);
  const columns = await ColumnStore.open(join(folder, 'lines.duckdb'));
  const workspaceId = await loadLines(`questions-${randomUUID().slice(0, 12)}`, folder, columns);
  sides = { workspaceId, columns, rows: await RowStore.open(workspaceId) };
});

afterAll(async () => {
  await sides.rows.close();
  sides.columns.close();
  rmSync(folder, { recursive: true });
});

describe('Brandlens answers as SQL on the lines and as DuckDB', () => {
  test('to the fifteen questions', async () => {
    const { questions } = await drawQuestions(sides, 1, 0);
    expect(questions).toHaveLength(15);
    for (const question of questions) {
      const { values, givenUp, differing } = await measureQuestion(question, sides, { repeat: 0, limit: 60_000 });
      expect(differing, question.id).toEqual([]);
      expect(givenUp, question.id).toBe(false);
      expect(values, question.id).toBeGreaterThan(0);
    }
  });

  test('to queries drawn from the grammar', async () => {
    const { drawn } = await drawQuestions(sides, 7, 30);
    let values = 0;
    for (const question of drawn) {
      const measured = await measureQuestion(question, sides, { repeat: 0, limit: 60_000 });
      expect(measured.differing, `${question.id}: ${question.title}`).toEqual([]);
      values += measured.values;
    }
    expect(values).toBeGreaterThan(100);
  });
});
