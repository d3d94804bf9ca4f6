import 'server-only';
import { switching as decompose, whoSwitched, type Switching } from '@/lib/analyses/switching';
import { measureOf } from './measure';
import { others, readShopperBrands } from './shopper-brands';
import { those } from './opens';
import type { Findings, Study } from './study';

const touches = ({ from, to }: Switching['flows'][number], brand: number | null): boolean =>
  from === brand || to === brand;

export async function switching(study: Study): Promise<Findings> {
  const { top = 10 } = study.spec;
  const { column, unit, show } = measureOf(study);
  const { rows, labels } = await readShopperBrands(study, column, top);
  const { brands: parts, flows: found } = decompose(rows, labels.length);
  const folded = labels.at(-1) === others ? labels.length - 1 : null;
  // What is no brand of its own comes last, however much it is.
  const flows = found.toSorted((a, b) => Number(touches(a, folded)) - Number(touches(b, folded)));
  // Their purchases of both periods tell of the move.
  const days = [study.before.from, study.before.to, study.range.from, study.range.to].sort();
  const both = { from: days[0]!, to: days[3]! };
  const amounts = [
    'change',
    'newToMarket',
    'lostFromMarket',
    'switchedIn',
    'switchedOut',
    'increase',
    'decrease',
  ] as const;
  const losses = new Set<(typeof amounts)[number]>(['lostFromMarket', 'switchedOut', 'decrease']);
  const headings = {
    change: 'Change',
    newToMarket: 'New to the market',
    lostFromMarket: 'Left the market',
    switchedIn: 'Switched in',
    switchedOut: 'Switched out',
    increase: 'Bought more',
    decrease: 'Bought less',
  };
  return {
    figures: [],
    tables: [
      {
        id: 'brands',
        title: 'Where each brand’s change came from',
        columns: [
          { id: 'brand', label: 'Brand', unit: 'text' },
          ...amounts.map((id) => ({ id, label: headings[id], unit })),
        ],
        rows: parts.map((part, at) => [
          labels[at] ?? others,
          ...amounts.map((id) => (losses.has(id) ? 0 - show(part[id]) : show(part[id]))),
        ]),
      },
      {
        id: 'flows',
        title: 'Flows between brands',
        columns: [
          { id: 'from', label: 'From', unit: 'text' },
          { id: 'to', label: 'To', unit: 'text' },
          { id: 'amount', label: 'Switched', unit },
          { id: 'shoppers', label: 'Shoppers', unit: 'count', note: 'With less of the one and more of the other.' },
        ],
        rows: flows.map(({ from, to, amount, shoppers }) => [
          labels[from] ?? others,
          labels[to] ?? others,
          show(amount),
          shoppers,
        ]),
      },
    ],
    chart: { kind: 'heat', table: 'flows', x: 'to', y: ['from', 'amount'] },
    notes: [
      'Of identified sales: who bought an anonymous line is not known.',
      ...(folded !== null ? ['Brands are matched one by one; what moved among all other brands is left out.'] : []),
    ],
    opens: {
      tables: {
        flows: {
          columns: {
            shoppers: (row) => those(whoSwitched(rows, labels.length, flows[row]!), study.market, both),
          },
        },
      },
    },
  };
}
