import 'server-only';
import { splits } from '@/lib/contract/analyses';
import { addDays, addMonths, startOf } from '@/lib/metrics/periods';
import type { Key } from '@/lib/query/cut';
import { placeKey } from '@/lib/study/places';
import type { Study } from '@/lib/study/study';
import { plain, type Compared, type Look, type Proof } from './look';

// Sums from the rollups on one side, of the lines on the other.

type Sold = Map<string | null, bigint>;

const levels = ['manufacturer', 'brand', 'product', ...splits] as const;
type Level = (typeof levels)[number];

const keyOf = (study: Study, level: Level | null): Key => {
  if (level === null) return { by: 'none' };
  const split = splits.find((one) => one === level);
  return split ? placeKey(split, study, study.resolved.tree) : { by: level as 'brand' };
};

/** What each member of a level sold, in the minor unit; null: all together. */
export async function sold(study: Study, level: Level | null): Promise<Sold> {
  const cut = { ...study.market, key: keyOf(study, level) };
  const leaves = await study.leaves('Sales', cut, study.range, ['sums']);
  return new Map([...leaves].map(([member, { sums }]) => [member, study.minor(sums.amount)]));
}

const total = (sums: Sold): bigint => [...sums.values()].reduce((all, one) => all + one, 0n);

/**
 * The shares of the members of a level, of what the lines sell, sum to 100; if they don't, the members that differ are named.
 * What stores sell no rollup holds: theirs are read from the lines, and the whole from the rollups.
 */
async function shares(look: Look): Promise<Compared[]> {
  const whole = (lines: boolean) => look.read(async (study) => total(await sold(study, null)), { lines });
  const [rollups, lines] = [await whole(false), await whole(true)];
  const compared: Compared[] = [];
  for (const level of levels) {
    const members = await look.read((study) => sold(study, level));
    const market = level === 'store' ? rollups : lines;
    const holds = total(members) === market;
    compared.push({
      slice: look.slice(`by ${level}`),
      fault: holds ? null : await look.read((study) => unequal(study, level, members, market), { lines: true }),
    });
  }
  return compared;
}

/** How many members a difference names. */
const named = 3;

async function unequal(study: Study, level: Level, members: Sold, market: bigint): Promise<string> {
  const money = (minor = 0n): string => plain(study.money(minor));
  const lines = await sold(study, level);
  const differing = [...new Set([...members.keys(), ...lines.keys()])].filter(
    (member) => (members.get(member) ?? 0n) !== (lines.get(member) ?? 0n),
  );
  const name = await study.names(keyOf(study, level), differing);
  return [
    market > 0n
      ? `shares sum to ${plain((Number(total(members)) / Number(market)) * 100)}`
      : `members sell ${money(total(members))}, the market ${money(market)}`,
    ...differing
      .slice(0, named)
      .map(
        (one) =>
          `${level} ${name(one)}: ${money(members.get(one))} from the rollups, ${money(lines.get(one))} on the lines`,
      ),
    ...(differing.length > named ? [`and ${differing.length - named} more`] : []),
  ].join('; ');
}

/** So many lines are added up at most. */
const listed = 20_000;

/** The lines listed under a sum add up to it: of the last whole month, or of the newest day where a month has too many. */
async function listing(look: Look): Promise<Compared[]> {
  const first = startOf('month', look.now.to);
  const ranges = [
    { from: addMonths(first, -1), to: addDays(first, -1) },
    { from: look.now.to, to: look.now.to },
  ];
  const compared: Compared[] = [];
  for (const { id, name } of await look.largest()) {
    for (const range of ranges) {
      const { items, nextCursor, totals, meta } = await look.list({ ...range, filters: { brand: [id] } }, listed);
      if (nextCursor !== null || items.length === 0) continue;
      const minor = 10 ** meta.currencyScale;
      const sum = (parts: number[]): number => Math.round(parts.reduce((all, one) => all + one, 0));
      const value = sum(items.map(({ amount }) => Math.round(amount * minor)));
      const units = sum(items.map((line) => Math.round(line.units * 1_000)));
      const faults = [
        ...(value === Math.round((totals.value ?? 0) * minor)
          ? []
          : [`the lines listed make ${plain(value / minor)}, the sum is ${plain(totals.value ?? 0)}`]),
        ...(units === Math.round((totals.units ?? 0) * 1_000)
          ? []
          : [`the lines listed make ${plain(units / 1_000)} units, the sum is ${plain(totals.units ?? 0)}`]),
      ];
      compared.push({ slice: look.slice(`brand ${name}`, range), fault: faults.join('; ') || null });
      break;
    }
  }
  return compared;
}

export const salesProofs: Proof[] = [
  { name: 'shares of disjoint members sum to 100', compare: shares },
  { name: 'lines listed under a sum add up to it', compare: listing },
];
