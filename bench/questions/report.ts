import { printTable } from '../table';
import { median } from './middle';
import { load, ratios, type Measured } from './measure';

/** Prints a table of measurements and what they come to. True when all answers are equal. */
export function report(title: string, measured: readonly Measured[]): boolean {
  printTable(
    `${title} (load ${load()} at the end)`,
    ['', 'question', 'ms', 'SQL on lines', 'DuckDB', 'lines ÷ ours', 'DuckDB ÷ ours', 'equal', 'read from'],
    measured.map(({ question, ours, lines, columns, givenUp, sources, differing }) => [
      ...[
        question.id,
        question.title,
        ours,
        givenUp ? `> ${lines.toFixed(0)}` : lines,
        columns,
        lines / ours,
        columns / ours,
      ],
      differing.length === 0 ? 'yes' : 'NO',
      sources.join(' + '),
    ]),
  );
  const mean = ratios(measured);
  const worst = measured.reduce((most, one) => (one.ours > most.ours ? one : most));
  const slower = measured.filter(({ ours, columns }) => ours > columns);
  console.log(`
Geometric mean: ${mean.columns.toFixed(1)} times as fast as DuckDB, ${mean.lines.toFixed(1)} times as fast as SQL on the lines.
Median ${median(measured.map(({ ours }) => ours)).toFixed(0)} ms, worst ${worst.ours.toFixed(0)} ms (${worst.question.id}).
Slower than DuckDB: ${slower.map(({ question }) => question.id).join(', ') || 'none'}.`);
  const differing = measured.filter((one) => one.differing.length > 0);
  for (const one of differing) {
    console.log(`\n${one.question.id} differs in ${one.differing.length} values:`);
    for (const text of one.differing.slice(0, 8)) console.log(`  ${text}`);
  }
  return differing.length === 0;
}

export const growing = ['Q1', 'Q2', 'Q3', 'Q6'];

/** How the same questions grow from a tenth of the lines. */
export function reportGrowth(small: readonly Measured[], large: readonly Measured[], lines: [number, number]): void {
  const rows = growing.flatMap((id) => {
    const [a, b] = [small, large].map((all) => all.find(({ question }) => question.id === id));
    return a && b ? [[id, a.ours, b.ours, `${(100 * (b.ours / a.ours - 1)).toFixed(0)} %`]] : [];
  });
  const [from, to] = lines.map((count) => count.toLocaleString('en'));
  printTable(`Growth from ${from} to ${to} lines`, ['question', 'ms before', 'ms', 'growth'], rows);
}
