import 'server-only';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { Lacking, type Compared, type Look, type Proof } from './look';

const weightedOf = ({ tables }: AnalysisResponse, id: string): [string, number | null][] => {
  const table = tables.find((one) => one.id === id);
  const at = (table?.columns ?? []).findIndex((column) => column.id === 'weighted');
  return (table?.rows ?? []).map((row) => [String(row[0]), row[at] === null ? null : Number(row[at])]);
};

/** What stores sell of all weighs them: where one took back more than it sold, more stores may weigh less. */
async function needWeights(look: Look): Promise<void> {
  const lowest = await look.query({ metrics: ['value_sales'], by: 'store', sort: 'value_sales', limit: 1 });
  if ((lowest.rows[0]?.values.value_sales ?? 0) < 0)
    throw new Lacking('A store took back more than it sold, so that brands may weigh less than their products.');
}

/** A brand's %ACV from the rollups is at least that of each of its products on the lines. */
async function weighted(look: Look): Promise<Compared[]> {
  await needWeights(look);
  const compared: Compared[] = [];
  for (const { id, name } of await look.largest()) {
    const input = { analysis: 'distribution' as const, filters: { brand: [id] } };
    const [[, kept] = ['', null]] = weightedOf(await look.study(input), 'brands');
    for (const [product, lines] of weightedOf(await look.study(input, { lines: true }), 'products')) {
      const holds = lines === null || (kept !== null && kept >= lines - 1e-9);
      compared.push({
        slice: look.slice(`brand ${name}, product ${product}`),
        fault: holds
          ? null
          : `%ACV of the brand ${kept ?? 'n/a'} from the rollups, of the product ${lines} on the lines`,
      });
    }
  }
  return compared;
}

export const distributionProofs: Proof[] = [
  { name: 'weighted distribution of a brand >= of each of its products', compare: weighted },
];
