import { Fault, main } from './fault';
import { dayCount } from './generate/calendar';
import { defaults } from './generate/config';
import { Totals } from './generate/truth';
import { buildWorld } from './generate/world';
import { writeFiles } from './generate/write';
import { readOptions } from './options';

const usage = `Writes demo data as CSV.
  npm run generate -- --out DIR [--lines ${defaults.lines}] [--seed ${defaults.seed}] [--quiet]`;

void main(async () => {
  const { values } = readOptions(usage, {
    options: {
      lines: { type: 'string', default: String(defaults.lines) },
      seed: { type: 'string', default: String(defaults.seed) },
      out: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  if (!values.out) throw new Fault('--out wants the folder to write into.');
  const config = {
    lines: whole('lines', values.lines, 1_000, 100_000_000),
    seed: whole('seed', values.seed, 0, 2 ** 32 - 1),
  };
  const say = (text: string) => void (values.quiet || process.stderr.write(text));
  const began = performance.now();
  say(`Generating about ${config.lines.toLocaleString('en')} lines …\n`);
  const totals = new Totals();
  let tenth = 0;
  await writeFiles(buildWorld(config), totals, values.out, (day) => {
    if (day / dayCount < (tenth + 1) / 10) return;
    tenth = Math.floor((day / dayCount) * 10);
    say(`  ${tenth * 10} %, ${totals.lines.toLocaleString('en')} lines\n`);
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(
    `${totals.lines.toLocaleString('en')} lines of ${totals.shoppers.toLocaleString('en')} shoppers in ${seconds} s.\n`,
  );
});

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Fault(`--${name} wants a whole number from ${least} to ${most}, not "${text}".`);
}
