import { z } from 'zod';
import type { Endpoint } from '@/lib/contract/endpoint';
import {
  listBrands,
  listCategories,
  listChannels,
  listManufacturers,
  listProducts,
  listRegions,
  listStores,
} from '@/lib/contract/members';
import { listGroups } from '@/lib/contract/groups';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { optionsOf } from '@/lib/client/options';

export const memberKinds = [
  'manufacturer',
  'brand',
  'category',
  'product',
  'region',
  'channel',
  'store',
  'group',
  'store_group',
] as const;
export type MemberKind = (typeof memberKinds)[number];

interface Kind {
  one: string;
  many: string;
  endpoint: Endpoint;
  has: (detail: WorkspaceDetail) => boolean;
  /** Which of what the endpoint lists. */
  query?: object;
}

const always = () => true;

export const kinds: Record<MemberKind, Kind> = {
  manufacturer: { one: 'Manufacturer', many: 'manufacturers', endpoint: listManufacturers, has: always },
  brand: { one: 'Brand', many: 'brands', endpoint: listBrands, has: always },
  category: { one: 'Category', many: 'categories', endpoint: listCategories, has: always },
  product: { one: 'Product', many: 'products', endpoint: listProducts, has: always },
  region: { one: 'Region', many: 'regions', endpoint: listRegions, has: ({ has }) => has.regions },
  channel: { one: 'Channel', many: 'channels', endpoint: listChannels, has: ({ has }) => has.channels },
  store: { one: 'Store', many: 'stores', endpoint: listStores, has: ({ has }) => has.stores },
  group: { one: 'Group', many: 'groups', endpoint: listGroups, has: always, query: { as: 'brand' } },
  store_group: {
    one: 'Store group',
    many: 'store groups',
    endpoint: listGroups,
    has: ({ has }) => has.stores,
    query: { as: 'region' },
  },
};

export interface MemberOption {
  id: number;
  name: string;
  /** Beside the name: a product's brand, a category's parents. */
  hint?: string | undefined;
}

const page = z.object({
  total: z.number(),
  items: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      code: z.string().optional(),
      path: z.array(z.string()).optional(),
      brand: z.object({ name: z.string() }).optional(),
      manufacturer: z.object({ name: z.string() }).nullish(),
    }),
  ),
});

/** Members of a kind: the first whose names hold the text, or those of the ids; a hundred at most. */
export function membersOptions(workspace: string, kind: MemberKind, wanted: string | readonly number[]) {
  const only = typeof wanted === 'string' ? { search: wanted } : { ids: wanted.slice(0, 100).join(',') };
  const query = { workspace, limit: 100, ...kinds[kind].query, ...(wanted.length > 0 && only) };
  return {
    ...optionsOf<Endpoint>(kinds[kind].endpoint, { query: query as never }),
    select: (answer: unknown): { total: number; items: MemberOption[] } => {
      const { total, items } = page.parse(answer);
      return {
        total,
        items: items.map(({ id, name, path, brand, manufacturer }) => ({
          id,
          name,
          hint: path && path.length > 1 ? path.slice(0, -1).join(' › ') : (brand?.name ?? manufacturer?.name),
        })),
      };
    },
  };
}
