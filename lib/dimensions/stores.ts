import 'server-only';
import type { z } from 'zod';
import type { store } from '@/lib/contract/members';
import { sql } from '@/lib/db/client';
import { asText } from './attributes';
import { mustExist } from './exists';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

type Store = z.output<typeof store>;

interface Row {
  id: number;
  code: string;
  name: string;
  regionId: number | null;
  regionName: string | null;
  channelId: number | null;
  channelName: string | null;
  attributes: Record<string, unknown>;
}

const source = {
  columns: sql.sql`s.id, s.code, s.name, s.region_id AS "regionId", r.name AS "regionName",
    s.channel_id AS "channelId", c.name AS "channelName", s.attributes`,
  from: sql.sql`store s LEFT JOIN region r ON r.workspace_id = s.workspace_id AND r.id = s.region_id
    LEFT JOIN channel c ON c.workspace_id = s.workspace_id AND c.id = s.channel_id`,
  order: sql.sql`s.name`,
  id: sql.sql`s.id`,
};

const place = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const toStore = (row: Row): Store => ({
  id: row.id,
  code: row.code,
  name: row.name,
  region: place(row.regionId, row.regionName),
  channel: place(row.channelId, row.channelName),
  attributes: asText(row.attributes),
});

export function listStores(
  workspaceId: number,
  query: ListQuery & { region?: number | undefined; channel?: number | undefined },
): Promise<Versioned<Page<Store>>> {
  return versioned(workspaceId, async (snapshot) => {
    await mustExist(snapshot, workspaceId, { region: query.region, channel: query.channel });
    const found = [contains(sql.sql`s.name`, query.search), contains(sql.sql`s.code`, query.search)];
    const search = found.filter((condition) => condition !== null);
    const where = [
      sql.sql`s.workspace_id = ${workspaceId}`,
      search.length > 0 ? sql.sql`(${sql.join(search, ' OR ')})` : null,
      query.region ? sql.sql`s.region_id = ${query.region}` : null,
      query.channel ? sql.sql`s.channel_id = ${query.channel}` : null,
    ];
    return readPage(snapshot, { ...source, where }, query, toStore);
  });
}
