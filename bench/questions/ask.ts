import { join } from 'node:path';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { Fault } from '../../scripts/fault';
import { printMachine } from '../machine';
import { printSizes } from '../sizes';
import { ColumnStore } from './column-store';
import { loadLines } from './load';
import { drawQuestions, measureQuestion, type Measured, type Sides } from './measure';
import type { Question } from './question';
import { growing, report, reportGrowth } from './report';
import { RowStore } from './row-store';

interface Run {
  home: string;
  lines: number;
  seed: number;
  repeat: number;
  /** Milliseconds after which SQL on the lines is given up. */
  limit: number;
  queries: number;
  reuse: boolean;
  only: string[] | null;
}

const find = async (slug: string): Promise<number | null> =>
  (await db.workspace.findUnique({ where: { slug }, select: { id: true } }))?.id ?? null;

/** Answers whether all answers were equal. A workspace of a tenth of the size, where one is loaded, shows the growth. */
export async function askAll({ home, lines, seed, repeat, limit, queries, reuse, only }: Run): Promise<boolean> {
  try {
    await printMachine(true);
    if (!reuse) await load(home, lines);
    const wanted = ({ id }: Question): boolean => only === null || only.includes(id);
    const measureAll = async (size: number, drawn: number, which: (question: Question) => boolean) =>
      withSides(home, size, async (sides) => {
        const all = await drawQuestions(sides, seed, drawn);
        const each = async (questions: Question[]): Promise<Measured[]> => {
          const measured: Measured[] = [];
          for (const question of questions.filter(which))
            measured.push(await measureQuestion(question, sides, { repeat, limit }));
          return measured;
        };
        return { questions: await each(all.questions), drawn: await each(all.drawn) };
      });
    const measured = await measureAll(lines, queries, wanted);
    if (!measured) throw new Fault('Nothing of this size was loaded. Run it without --reuse first.');
    const title = `${lines.toLocaleString('en')} lines, seed ${seed}`;
    let same = measured.questions.length === 0 || report(`Fifteen questions, ${title}`, measured.questions);
    if (measured.drawn.length > 0) same = report(`Queries of the grammar, ${title}`, measured.drawn) && same;
    const small = await measureAll(lines / 10, 0, (question) => growing.includes(question.id) && wanted(question));
    if (small) reportGrowth(small.questions, measured.questions, [lines / 10, lines]);
    await printSizes();
    return same;
  } finally {
    await Promise.all([db.$disconnect(), loadPool.end()]);
  }
}

async function load(home: string, lines: number): Promise<void> {
  const slug = slugOf(lines);
  const known = await find(slug);
  if (known !== null) throw new Fault(`${slug} is loaded already: ask it with --reuse.`);
  const folder = join(home, String(lines));
  const columns = await ColumnStore.open(fileOf(home, lines));
  try {
    await loadLines(slug, folder, columns);
  } finally {
    columns.close();
  }
}

const slugOf = (lines: number): string => `questions-${lines}`;
const fileOf = (home: string, lines: number): string => join(home, String(lines), 'lines.duckdb');

/** Null where nothing of the size is loaded. */
async function withSides<T>(home: string, lines: number, work: (sides: Sides) => Promise<T>): Promise<T | null> {
  const workspaceId = await find(slugOf(lines));
  if (workspaceId === null) return null;
  const columns = await ColumnStore.open(fileOf(home, lines));
  const rows = await RowStore.open(workspaceId);
  try {
    return await work({ workspaceId, rows, columns });
  } finally {
    await rows.close();
    columns.close();
  }
}
