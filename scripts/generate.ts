import { parseArgs } from 'node:util';
import { dayCount } from './generate/calendar';
import { defaults } from './generate/config';
import { Totals } from './generate/truth';
import { buildWorld } from './generate/world';
import { writeFiles } from './generate/write';

// Writes demo data as CSV: npx tsx --conditions=react-server scripts/generate.ts --lines N --seed S --out DIR [--quiet]

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: String(defaults.lines) },
    seed: { type: 'string', default: String(defaults.seed) },
    out: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${name} wants a whole number from ${least} to ${most}, not "${text}".`);
}

async function main(): Promise<void> {
  if (!values.out) throw new Error('--out wants the folder to write into.');
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
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
