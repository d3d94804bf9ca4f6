import 'server-only';
import { sql, type Prisma } from '@/lib/db/client';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

interface Named {
  id: number;
  name: string;
}

interface Region extends Named {
  /** Households of its own that its shoppers stand for. */
  universe: number | null;
}

/** `more`: what is told beside the name, as columns of the statement. */
const listNamed =
  <Item extends Named>(
    table: 'manufacturer' | 'region' | 'channel',
    toItem: (row: Item) => Item,
    more: Prisma.Sql = sql.empty,
  ) =>
  (workspaceId: number, query: ListQuery): Promise<Versioned<Page<Item>>> =>
    versioned(workspaceId, (snapshot) =>
      readPage<Item, Item>(
        snapshot,
        {
          columns: sql.sql`t.id, t.name${more}`,
          from: sql.sql`${sql.raw(`"${table}"`)} t`,
          where: [sql.sql`t.workspace_id = ${workspaceId}`, contains(sql.sql`t.name`, query.search)],
          order: sql.sql`t.name`,
          id: sql.sql`t.id`,
        },
        query,
        toItem,
      ),
    );

const named = ({ id, name }: Named): Named => ({ id, name });

export const listManufacturers = listNamed('manufacturer', named);
export const listRegions = listNamed<Region>(
  'region',
  ({ universe, ...row }) => ({ ...named(row), universe }),
  sql.sql`, (SELECT u.universe FROM region_universe u WHERE u.workspace_id = t.workspace_id AND u.region_id = t.id) AS universe`,
);
export const listChannels = listNamed('channel', named);
