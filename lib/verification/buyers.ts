import 'server-only';
import { startOf, within } from '@/lib/metrics/periods';
import { Lacking, type Compared, type Look, type Proof } from './look';

// Sets of shoppers from the rollups on one side, shoppers counted on the lines on the other.

const differ = (kept: number, lines: number): string | null =>
  kept === lines ? null : `${kept} from the rollups, ${lines} on the lines`;

async function needShoppers(look: Look): Promise<void> {
  const { buyers } = (await look.brands({ lines: true })).meta.metrics;
  if (buyers?.state === 'unavailable') throw new Lacking(buyers.reason ?? 'Buyers are not known.');
}

/** Retained and new are the buyers now, retained and lapsed those before. */
async function flow(look: Look): Promise<Compared[]> {
  await needShoppers(look);
  const { rows } = await look.brands({ lines: true });
  const compared: Compared[] = [];
  for (const { id, name } of await look.largest()) {
    const input = { analysis: 'buyer_flow' as const, compare: look.before, filters: { brand: [id] } };
    const { figures } = await look.study(input);
    const of = (figure: string): number | null => figures.find((one) => one.id === figure)?.value ?? null;
    const [retained, fresh, lapsed] = [of('retained'), of('new'), of('lapsed')];
    // Before the data nobody is known to have bought.
    if (retained === null || fresh === null || lapsed === null) continue;
    const row = rows.find(({ member }) => member?.id === id);
    compared.push(
      {
        slice: look.slice(`retained and new buyers of brand ${name}`),
        fault: differ(retained + fresh, row?.values.buyers ?? 0),
      },
      {
        slice: look.slice(`retained and lapsed buyers of brand ${name}`, look.before),
        fault: differ(retained + lapsed, row?.previous?.buyers ?? 0),
      },
    );
  }
  if (compared.length === 0) throw new Lacking('The data does not reach back to a period before.');
  return compared;
}

/** |A ∪ B| = |A| + |B| − |A ∩ B| of each brand and the next: one, the other and both from sets, either on the lines. */
async function unions(look: Look): Promise<Compared[]> {
  const { tables } = await look.study({ analysis: 'duplication', top: 5 });
  const { rows } = await look.brands({ lines: true });
  const [matrix] = tables;
  // The last row is what is expected.
  const brands = (matrix?.rows ?? []).slice(0, -1).map((row, at) => {
    const known = rows.find(({ member }) => member?.name === row[0]);
    const both = Math.round((Number(row[3 + at + 1] ?? 0) / 100) * Number(row[1]));
    return { name: String(row[0]), id: known?.member?.id ?? null, buyers: Number(row[1]), both };
  });
  const compared: Compared[] = [];
  for (const [at, one] of brands.entries()) {
    const other = brands[at + 1];
    if (!other || one.id === null || other.id === null) continue;
    const either = await look.buyersOnLines([
      { ...one, id: one.id },
      { ...other, id: other.id },
    ]);
    compared.push({
      slice: look.slice(`buyers of brand ${one.name} or ${other.name}`),
      fault: differ(one.buyers + other.buyers - one.both, either),
    });
  }
  return compared;
}

/** Buyers never fall when dates widen (a month on the lines, all dates from the rollups), or when a filter goes. */
async function widening(look: Look): Promise<Compared[]> {
  await needShoppers(look);
  const month = within({ from: startOf('month', look.now.to), to: look.now.to }, look.now) ?? look.now;
  const inMonth = await look.query({ metrics: ['buyers'], by: 'brand', limit: 100 }, { lines: true, range: month });
  const { rows } = await look.brands({ lines: true });
  const wide = await look.query({ metrics: ['buyers'], by: 'brand', limit: 100 });
  const all = wide.totals[0]?.values.buyers ?? 0;
  const buyersOf = ({ rows }: typeof wide, id: number): number | null =>
    rows.find(({ member }) => member?.id === id)?.values.buyers ?? null;
  return rows.flatMap(({ member, values }): Compared[] => {
    if (!member?.id) return [];
    const [narrow, kept, lines] = [buyersOf(inMonth, member.id), buyersOf(wide, member.id), values.buyers ?? 0];
    const faults = [
      ...(narrow !== null && kept !== null && narrow > kept
        ? [`${kept} buyers, but ${narrow} from ${month.from} on`]
        : []),
      ...(lines > all ? [`${lines} buyers, but ${all} of any brand`] : []),
    ];
    return [{ slice: look.slice(`brand ${member.name}`), fault: faults.join('; ') || null }];
  });
}

export const buyerProofs: Proof[] = [
  { name: 'retained + new = buyers, retained + lapsed = buyers before', compare: flow },
  { name: 'buyers of either = of one + of the other − of both', compare: unions },
  { name: 'buyers never fall when dates or filters widen', compare: widening },
];
