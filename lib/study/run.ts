import 'server-only';
import type { AnalysisResponse, AnalysisSpec } from '@/lib/contract/analyses';
import { ApiError } from '@/lib/contract/errors';
import { querySpec } from '@/lib/contract/query';
import { databaseFault } from '@/lib/db/fault';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import { analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { divide } from '@/lib/metrics/compute';
import { comparisonNotes } from '@/lib/query/notes';
import { whyLacking } from '@/lib/query/availability';
import { readGround, type ChosenMeta } from '@/lib/query/ground';
import { resolve } from '@/lib/query/resolve';
import { totalScopes, type MarketMode } from '@/lib/query/scopes';
import { namesOf } from '@/lib/query/names';
import { readSold } from '@/lib/query/sold';
import { sumColumns } from '@/lib/rollups/levels';
import { affinity } from './affinity';
import { buyerFlow } from './buyer-flow';
import { cohorts } from './cohorts';
import { concentration } from './concentration';
import { concentrationOfBuyers } from './concentration-of-buyers';
import { developmentIndex } from './development-index';
import { distribution } from './distribution';
import { doubleJeopardy } from './double-jeopardy';
import { duplication } from './duplication';
import { elasticity } from './elasticity';
import { launch } from './launch';
import { loyalty } from './loyalty';
import { price } from './price';
import { priceVolumeMix } from './price-volume-mix';
import { promotion } from './promotion';
import { repeat } from './repeat';
import { revenueChange } from './revenue-change';
import { rfm } from './rfm';
import { shareByPlace } from './share-by-place';
import { shareChange } from './share-change';
import { Study, type Findings } from './study';
import { switching } from './switching';
import { trialRepeat } from './trial-repeat';

const looks: Record<AnalysisId, (study: Study) => Promise<Findings>> = {
  loyalty,
  duplication,
  double_jeopardy: doubleJeopardy,
  affinity,
  switching,
  revenue_change: revenueChange,
  share_change: shareChange,
  share_by_place: shareByPlace,
  price_volume_mix: priceVolumeMix,
  launch,
  concentration,
  distribution,
  price,
  promotion,
  elasticity,
  development_index: developmentIndex,
  buyer_flow: buyerFlow,
  repeat,
  trial_repeat: trialRepeat,
  cohorts,
  concentration_of_buyers: concentrationOfBuyers,
  rfm,
};

export interface StudyOptions {
  /** Reads the lines alone: what the rollups are compared with. */
  forceLines?: boolean;
  /** Reads the rollups as they are now, not as they were read before. */
  fresh?: boolean;
}

/** Answers an analysis from one snapshot of the database, without a cache. */
export const runStudy = (
  workspaceId: number,
  spec: AnalysisSpec,
  options: StudyOptions = {},
): Promise<AnalysisResponse> => withStudy(workspaceId, spec, options, answer);

/** What `read` finds where the analysis would look. */
export async function withStudy<T>(
  workspaceId: number,
  spec: AnalysisSpec,
  options: StudyOptions,
  read: (study: Study, chosen: ChosenMeta | null) => Promise<T>,
): Promise<T> {
  return within(() =>
    inSnapshot(async (snapshot) => {
      const { study, chosen } = await begin(snapshot, workspaceId, spec, options);
      return read(study, chosen);
    }),
  );
}

/** Says of an analysis that ran too long what would be quicker. */
export async function within<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (databaseFault(error) !== 'timed-out') throw error;
    throw new ApiError(
      'timed_out',
      'The analysis ran past its time limit. Take fewer dates, or filter a category or a brand.',
    );
  }
}

/** The question settled on one snapshot, before anything of it is looked into. */
export async function begin(
  snapshot: Snapshot,
  workspaceId: number,
  spec: AnalysisSpec,
  { forceLines = false, fresh = false }: StudyOptions,
): Promise<{ study: Study; chosen: ChosenMeta | null }> {
  const resolved = await resolve(snapshot, workspaceId, questionOf(spec), analysisOf(spec.analysis).needs);
  const { tree, slice, range, before } = resolved;
  const { ground, chosen } = await readGround(snapshot, resolved, { forceLines, fresh, columns: sumColumns });
  const sold = resolved.market === 'sold' ? await readSold(snapshot, slice, range, before, ground) : null;
  const market = totalScopes(slice, resolved.market, sold, tree).market.cut;
  return { study: new Study(snapshot, spec, resolved, market, ground), chosen };
}

async function answer(study: Study, chosen: ChosenMeta | null): Promise<AnalysisResponse> {
  const { spec, resolved, market } = study;
  const { facts, tree, range, before } = resolved;
  const analysis = analysisOf(spec.analysis);
  const reason = whyLacking(analysis.needs, resolved);
  const none: Findings = { figures: [], tables: [], chart: null, notes: [] };
  const { opens = {}, ...findings } = reason ? none : await look(study);
  return {
    analysis: spec.analysis,
    state: reason ? 'unavailable' : 'ok',
    ...(reason && { reason }),
    ...findings,
    figures: findings.figures.map((figure) => ({ ...figure, ...(opens.figures?.[figure.id] && { opens: true }) })),
    tables: findings.tables.map((table) => {
      const { columns, rows = table.rows.length } = opens.tables?.[table.id] ?? {};
      return { ...table, ...(columns && { opens: { columns: Object.keys(columns), rows } }) };
    }),
    notes: reason ? [] : [...findings.notes, ...whyEmpty(study, findings), ...comparisonNotes(resolved).map(sentence)],
    chart: drawn(findings),
    meta: {
      dataVersion: facts.dataVersion,
      newestDate: facts.data?.to ?? null,
      currency: facts.currency,
      currencyScale: facts.currencyScale,
      calendar: facts.calendar,
      range,
      compareRange: before,
      market: marketName(resolved.market) ?? namesOf(market.nodes, tree),
      coverage: reason || !analysis.needs.includes('shopper') ? null : await coverage(study),
      sources: [...(chosen ? [asSource(chosen)] : []), ...study.sources],
    },
  };
}

export const look = (study: Study): Promise<Findings> => looks[study.spec.analysis](study);

const asSource = ({ count, ...read }: ChosenMeta): AnalysisResponse['meta']['sources'][number] => ({
  what: `The group of ${count} ${count === 1 ? 'shopper' : 'shoppers'}`,
  ...read,
});

const marketName = (market: MarketMode): string | null =>
  typeof market === 'object' && !Array.isArray(market) ? market.name : null;
const sentence = (note: string): string => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;

/** Said where no table has a row, and the analysis does not say itself why. */
function whyEmpty({ observed }: Study, { tables, notes }: Findings): string[] {
  if (!observed) return ['The dates lie outside the data.'];
  if (notes.length > 0 || tables.some(({ rows }) => rows.length > 0)) return [];
  return ['Nothing of this slice was bought in these dates.'];
}

/** A table without rows has nothing to draw. */
const drawn = ({ chart, tables }: Findings): Findings['chart'] =>
  chart && tables.some(({ id, rows }) => id === chart.table && rows.length > 0) ? chart : null;

/** The analysis as a query of its slice: dates, filters, market and comparison are settled alike. */
function questionOf({ analysis, from, to, filters, market, compare, sameStores }: AnalysisSpec) {
  const compares = analysisOf(analysis).compares ? (compare ?? 'previous_year') : 'none';
  return querySpec.parse({
    metrics: ['value_sales'],
    from,
    to,
    filters,
    compare: compares,
    ...(market && { market }),
    ...(sameStores && { sameStores }),
  });
}

async function coverage(study: Study): Promise<number | null> {
  const leaves = await study.leaves('Coverage', study.market, study.range, ['sums']);
  const sums = leaves.get(null)?.sums;
  return sums ? divide(sums.identifiedAmount, sums.amount, 100) : null;
}
