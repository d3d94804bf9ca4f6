import 'server-only';
import { sql } from '@/lib/db/client';
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

/** `more`: what is told beside the name. */
const listNamed =
  <Item extends Named>(
    table: 'manufacturer' | 'region' | 'channel',
    toItem: (row: Item) => Item,
    more: readonly 'universe'[] = [],
  ) =>
  (workspaceId: number, query: ListQuery): Promise<Versioned<Page<Item>>> =>
    versioned(workspaceId, (snapshot) =>
      readPage<Item, Item>(
        snapshot,
        {
          columns: sql.raw(['id', 'name', ...more].map((column) => `t.${column}`).join(', ')),
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
export const listRegions = listNamed<Region>('region', ({ universe, ...row }) => ({ ...named(row), universe }), [
  'universe',
]);
export const listChannels = listNamed('channel', named);
