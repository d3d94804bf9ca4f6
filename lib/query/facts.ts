import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Calendar, RetailCalendar } from '@/lib/metrics/calendar';
import { wholeWeeks, type Range } from '@/lib/metrics/periods';

/** What the workspace is set to and what its data holds. */
export interface Facts {
  workspaceId: number;
  dataVersion: number;
  currency: string;
  currencyScale: number;
  grain: 'receipt' | 'day' | 'week' | null;
  basketsSpan: boolean;
  lowBase: number;
  universe: number | null;
  /** Of the regions that have one of their own. */
  regionUniverses: ReadonlyMap<number, number>;
  calendar: Calendar;
  /** First and last date with a line. */
  data: Range | null;
  has: { shopper: boolean; basket: boolean; store: boolean; packSize: boolean; promotion: boolean };
  /** Of 65,536 shoppers each, in the order of their numbers. */
  chunks: number;
  /** Every brand has a manufacturer, so that their rows hold everything. */
  manufacturersComplete: boolean;
}

interface Row {
  data_version: bigint;
  currency: string;
  currency_scale: number;
  grain: Facts['grain'];
  baskets_span: boolean;
  low_base: number;
  universe: number | null;
  region_universes: [region: number, universe: number][] | null;
  week_start: number;
  fiscal_year_start: number;
  retail_pattern: RetailCalendar['pattern'] | null;
  retail_year_end: RetailCalendar['yearEnd'];
  oldest: string | null;
  newest: string | null;
  last_shopper: number | null;
  basket: boolean;
  store: boolean;
  pack_size: boolean;
  promotion: boolean;
  manufacturers_complete: boolean;
}

/** `promotion` asks whether any line says something of promotions: looked up only then, as "no" has to read every line. */
export async function readFacts(snapshot: Snapshot, workspaceId: number, promotion: boolean): Promise<Facts> {
  const [row] = await snapshot.$queryRaw<Row[]>(sql.sql`
    SELECT w.data_version, w.currency, w.currency_scale, w.grain, w.baskets_span, w.low_base, w.universe,
      (SELECT json_agg(json_build_array(region_id, universe)) FROM region_universe WHERE workspace_id = w.id)
        AS region_universes,
      w.week_start, w.fiscal_year_start, w.retail_pattern, w.retail_year_end,
      (SELECT to_char(min(date), 'YYYY-MM-DD') FROM sale_line WHERE workspace_id = w.id) AS oldest,
      (SELECT to_char(max(date), 'YYYY-MM-DD') FROM sale_line WHERE workspace_id = w.id) AS newest,
      (SELECT max(no) FROM shopper WHERE workspace_id = w.id) AS last_shopper,
      EXISTS (SELECT 1 FROM basket WHERE workspace_id = w.id) AS basket,
      (SELECT max(store_id) FROM sale_line WHERE workspace_id = w.id) IS NOT NULL AS store,
      EXISTS (SELECT 1 FROM product WHERE workspace_id = w.id AND pack_size IS NOT NULL) AS pack_size,
      CASE WHEN ${promotion} THEN
        EXISTS (SELECT 1 FROM sales_month WHERE workspace_id = w.id AND promoted_units <> 0)
        OR EXISTS (SELECT 1 FROM sale_line WHERE workspace_id = w.id AND promotion IS NOT NULL)
      ELSE true END AS promotion,
      NOT EXISTS (SELECT 1 FROM brand WHERE workspace_id = w.id AND manufacturer_id IS NULL) AS manufacturers_complete
    FROM workspace w WHERE w.id = ${workspaceId}::int`);
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  return {
    workspaceId,
    dataVersion: Number(row.data_version),
    currency: row.currency,
    currencyScale: row.currency_scale,
    grain: row.grain,
    basketsSpan: row.baskets_span,
    lowBase: row.low_base,
    universe: row.universe,
    regionUniverses: new Map(row.region_universes ?? []),
    calendar: {
      weekStart: row.week_start,
      fiscalYearStart: row.fiscal_year_start,
      retail: row.retail_pattern && { pattern: row.retail_pattern, yearEnd: row.retail_year_end },
    },
    data: row.oldest && row.newest ? { from: row.oldest, to: row.newest } : null,
    has: {
      shopper: row.last_shopper !== null,
      basket: row.basket,
      store: row.store,
      packSize: row.pack_size,
      promotion: row.promotion,
    },
    chunks: ((row.last_shopper ?? 0) >> 16) + 1,
    manufacturersComplete: row.manufacturers_complete,
  };
}

/** The dates that the data tells of: weekly data of the whole weeks of its dates. */
export function heldBy({ data, grain, calendar }: Pick<Facts, 'data' | 'grain' | 'calendar'>): Range | null {
  return data && grain === 'week' ? wholeWeeks(data, calendar) : data;
}
