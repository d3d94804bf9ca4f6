import 'server-only';
import type { z } from 'zod';
import { rollupCheck, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { guarded } from '@/lib/db/breaker';
import { isUnavailable } from '@/lib/db/fault';
import { inSnapshot } from '@/lib/db/snapshot';
import { readFacts } from '@/lib/query/facts';
import { through, type Cached } from './through';

interface Named {
  id: number;
  slug: string;
  name: string;
  role: WorkspaceDetail['role'];
}

type Held = Omit<WorkspaceDetail, 'slug' | 'name' | 'role' | 'lastCheck'>;
interface Row {
  data_changed_at: Date;
  retention_months: number | null;
  time_zone: string | null;
  day_start: number;
  lines: number;
  regions: boolean;
  channels: boolean;
}
type Check = z.output<typeof rollupCheck>;

const keep = globalThis as { brandlensChecks?: Map<number, Check | null> };
const lastChecks = (keep.brandlensChecks ??= new Map());

const held = (workspaceId: number): Promise<{ data: Held; dataVersion: number }> =>
  inSnapshot(async (snapshot) => {
    const facts = await readFacts(snapshot, workspaceId, true);
    const [workspace] = await snapshot.$queryRaw<Row[]>`
      SELECT data_changed_at, retention_months, time_zone, day_start,
        EXISTS (SELECT 1 FROM region WHERE workspace_id = w.id) AS regions,
        EXISTS (SELECT 1 FROM channel WHERE workspace_id = w.id) AS channels,
        COALESCE((SELECT sum(m.lines) FROM sales_month m
          JOIN category c ON c.workspace_id = m.workspace_id AND c.id = m.category_id AND c.parent_id IS NULL
          WHERE m.workspace_id = w.id AND m.member_kind = 0 AND m.member_id = 0), 0)::float8 AS lines
      FROM workspace w WHERE w.id = ${workspaceId}`;
    if (!workspace) throw new Error(`There is no workspace ${workspaceId}.`);
    const data: Held = {
      meta: {
        dataVersion: facts.dataVersion,
        newestDate: facts.data?.to ?? null,
        currency: facts.currency,
        currencyScale: facts.currencyScale,
        calendar: facts.calendar,
      },
      lowBase: facts.lowBase,
      universe: facts.universe,
      retentionMonths: workspace.retention_months,
      clock: { timeZone: workspace.time_zone, dayStart: workspace.day_start },
      lines: workspace.lines,
      from: facts.data?.from ?? null,
      to: facts.data?.to ?? null,
      grain: facts.grain,
      has: {
        shoppers: facts.has.shopper,
        baskets: facts.has.basket,
        stores: facts.has.store,
        regions: workspace.regions,
        channels: workspace.channels,
        promotions: facts.data !== null && facts.has.promotion,
        packSizes: facts.has.packSize,
      },
      dataChangedAt: workspace.data_changed_at.toISOString(),
    };
    return { data, dataVersion: facts.dataVersion };
  });

/** The last verification of the rollups; the last known one while the database is down. */
async function lastCheck(workspaceId: number): Promise<Check | null> {
  try {
    const row = await guarded(() => db.rollupCheck.findFirst({ where: { workspaceId }, orderBy: { id: 'desc' } }));
    const check = row && {
      dataVersion: Number(row.dataVersion),
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      ok: row.ok,
      checks: rollupCheck.shape.checks.catch([]).parse(row.result),
    };
    lastChecks.set(workspaceId, check);
    return check;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return lastChecks.get(workspaceId) ?? null;
  }
}

/** What the workspace's data holds, through the cache; the last verification as it stands now. */
export async function answerWorkspace(
  { id, slug, name, role }: Named,
  minVersion?: number,
): Promise<Cached<WorkspaceDetail>> {
  const cached = await through({ workspaceId: id, what: ['workspace'], minVersion, load: () => held(id) });
  const { data, cache } = cached;
  const meta = { ...data.meta, cache };
  return { ...cached, data: { slug, name, role, ...data, meta, lastCheck: await lastCheck(id) } };
}
