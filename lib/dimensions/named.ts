import 'server-only';
import { sql } from '@/lib/db/client';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

interface Named {
  id: number;
  name: string;
}

const listNamed =
  (table: 'manufacturer' | 'region' | 'channel') =>
  (workspaceId: number, query: ListQuery): Promise<Versioned<Page<Named>>> =>
    versioned(workspaceId, (snapshot) =>
      readPage<Named, Named>(
        snapshot,
        {
          columns: sql.sql`t.id, t.name`,
          from: sql.sql`${sql.raw(`"${table}"`)} t`,
          where: [sql.sql`t.workspace_id = ${workspaceId}`, contains(sql.sql`t.name`, query.search)],
          order: sql.sql`t.name`,
          id: sql.sql`t.id`,
        },
        query,
        ({ id, name }) => ({ id, name }),
      ),
    );

export const listManufacturers = listNamed('manufacturer');
export const listRegions = listNamed('region');
export const listChannels = listNamed('channel');
