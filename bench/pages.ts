import { createLoader } from 'nuqs/server';
import { overviewQueries } from '@/app/(app)/overview/queries';
import { brandParams, brandQueries } from '@/app/(app)/brands/[id]/queries';
import { leagueParams, leagueQuery, linesQuery } from '@/app/(app)/brands/queries';
import { resolveView, type View } from '@/lib/client/view';
import { viewParams } from '@/lib/client/view-params';
import { querySpec, type QueryInput, type QuerySpec } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { getBrand } from '@/lib/dimensions/brands';
import { runQuery } from '@/lib/query/run';
import { Fault } from '../scripts/fault';

export interface PageQuery {
  page: string;
  name: string;
  spec: QuerySpec;
}

interface Opened {
  page: string;
  /** As the address names them. */
  address: string;
}

/** Each page as it first opens, and the views that are dearer: everything there is, and one that whole months don't cover. */
const opened: Opened[] = [
  { page: 'standard', address: '' },
  { page: 'all dates', address: '?period=all' },
  { page: '12 weeks', address: '?period=last_12_weeks' },
];

const load = createLoader(viewParams);
const loadBrand = createLoader(brandParams);
const loadLeague = createLoader(leagueParams);

export async function pageQueries(workspaceId: number, detail: WorkspaceDetail): Promise<PageQuery[]> {
  const found: PageQuery[] = [];
  for (const { page, address } of opened) {
    const url = `http://localhost/${address}`;
    const view = resolveView(load(url), detail);
    if (!view) throw new Fault('The workspace holds no lines.');
    const add = (of: string, queries: Record<string, QueryInput | null>): void => {
      for (const [name, input] of Object.entries(queries))
        if (input) found.push({ page: `${of}, ${page}`, name, spec: querySpec.parse(input) });
    };
    add('Overview', overviewQueries(view, detail));
    const league = await brands(workspaceId, view, detail, url);
    add('Brands', league.queries);
    const { data: brand } = await getBrand(workspaceId, league.first);
    const { firstProducts: _, ...queries } = brandQueries(view, detail, brand, loadBrand(url));
    add('Brand', queries);
  }
  return found;
}

async function brands(workspaceId: number, view: View, detail: WorkspaceDetail, url: string) {
  const params = loadLeague(url);
  const table = leagueQuery(view, params);
  const page = await runQuery(workspaceId, querySpec.parse(table));
  const lines = linesQuery(view, params, page, detail.grain);
  const first = page.rows[0]?.member?.id;
  if (!first || !lines) throw new Fault('There are no brands.');
  return { first, queries: { table, lines } };
}
