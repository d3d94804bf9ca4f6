import 'server-only';
import type { AnalysisInput, AnalysisResponse } from '@/lib/contract/analyses';
import { splits } from '@/lib/contract/analyses';
import { analysisOf } from '@/lib/metrics/analyses';
import { Lacking, near, plain, type Compared, type Look, type Proof } from './look';

// Every decomposition sums to its change: its bars as the pages show them, the change as the lines have it. What stores
// sell no rollup holds, so that of those the lines make the bars and the rollups the change.

const cells = ({ tables }: AnalysisResponse, id: string): number[] => {
  const [table] = tables;
  const at = (table?.columns ?? []).findIndex((column) => column.id === id);
  return (table?.rows ?? []).map((row) => Number(row[at]));
};
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** Shares are quotients: they agree to so many points. */
const points = 1e-6;

interface Decomposition {
  ask: Pick<AnalysisInput, 'analysis' | 'by'>;
  column: string;
  of: 'value_sales' | 'value_share';
  /** Its bars come from the lines. */
  onLines?: boolean;
}

const decompositions: Decomposition[] = [
  { ask: { analysis: 'revenue_change' }, column: 'amount', of: 'value_sales' },
  { ask: { analysis: 'price_volume_mix' }, column: 'amount', of: 'value_sales' },
  { ask: { analysis: 'launch' }, column: 'amount', of: 'value_sales' },
  { ask: { analysis: 'share_change' }, column: 'points', of: 'value_share' },
  ...splits.map((by): Decomposition => ({
    ask: { analysis: 'share_by_place', by },
    column: 'whole',
    of: 'value_share',
    onLines: by === 'store',
  })),
];

async function compare(look: Look, { ask, column, of, onLines = false }: Decomposition): Promise<Compared[]> {
  const { rows, meta } = await look.brands({ lines: !onLines });
  const compared: Compared[] = [];
  const largest = await look.largest();
  for (const { id, name } of onLines ? largest.slice(0, 1) : largest) {
    const row = rows.find(({ member }) => member?.id === id);
    const [before, now] = [row?.previous?.[of] ?? null, row?.values[of] ?? null];
    const noShare = of === 'value_share' && (before === null || now === null);
    // From a share that is not there nothing changed: the decomposition says so itself.
    if (noShare) continue;
    const change = (now ?? 0) - (before ?? 0);
    const answer = await look.study({ ...ask, compare: look.before, filters: { brand: [id] } });
    const found = sum(cells(answer, column));
    const holds = near(found, change, of === 'value_share' ? points : 10 ** -meta.currencyScale);
    const fault = `the parts add up to ${plain(found)}, on the ${onLines ? 'rollups' : 'lines'} it changed by ${plain(change)}`;
    compared.push({ slice: look.change(`brand ${name}`), fault: holds ? null : fault });
  }
  if (compared.length === 0) throw new Lacking('There are no sales to set against each other in two periods.');
  return compared;
}

/** What leaves brands arrives at brands, and a brand's parts add up to its change on the lines. */
async function flows(look: Look): Promise<Compared[]> {
  const answer = await look.study({ analysis: 'switching', compare: look.before, top: 50 });
  const unit = 10 ** -answer.meta.currencyScale;
  const parts = ['newToMarket', 'lostFromMarket', 'switchedIn', 'switchedOut', 'increase', 'decrease'];
  const of = (ids: string[]): number[] => {
    const columns = ids.map((id) => cells(answer, id));
    return (answer.tables[0]?.rows ?? []).map((_, at) => sum(columns.map((column) => column[at] ?? 0)));
  };
  const [added, changed, net] = [of(parts), of(['change']), sum(of(['switchedIn', 'switchedOut']))];
  const lines = new Map(
    (await look.brands({ lines: true })).rows.map(({ member, values, previous }) => [
      member?.name,
      (values.identified_sales ?? 0) - (previous?.identified_sales ?? 0),
    ]),
  );
  const compared = (answer.tables[0]?.rows ?? []).map(([name], at): Compared => {
    const [parts, change, expected] = [added[at] ?? 0, changed[at] ?? 0, lines.get(String(name))];
    const faults = [
      ...(near(parts, change, unit) ? [] : [`its parts add up to ${plain(parts)}, its change is ${plain(change)}`]),
      ...(expected === undefined || near(expected, change, unit)
        ? []
        : [`it changed by ${plain(change)}, on the lines by ${plain(expected)}`]),
    ];
    return { slice: look.change(`identified sales of brand ${name}`), fault: faults.join('; ') || null };
  });
  const fault = near(net, 0, unit) ? null : `${plain(net)} more came in than went out`;
  return [...compared, { slice: look.change('identified sales of all brands'), fault }];
}

const nameOf = ({ ask: { analysis, by } }: Decomposition): string => {
  const label = analysisOf(analysis).label.replace('place', by ?? 'place');
  return `${label.charAt(0).toLowerCase()}${label.slice(1)} adds up to the change`;
};

export const changeProofs: Proof[] = [
  ...decompositions.map((one) => ({ name: nameOf(one), compare: (look: Look) => compare(look, one) })),
  { name: 'flows out = flows in, and parts add up to the change', compare: flows },
];
