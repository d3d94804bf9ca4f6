import { z } from 'zod';
import { endpoint, memberId, paging } from './endpoint';
import { workspaceQuery } from './query';

// Look-ups of the workspace's members: what filters choose from and pages are about.

const id = memberId;

const someIds = 'up to 100 whole numbers from 1, with commas between';

export const listQuery = workspaceQuery.extend({
  search: z.string().trim().max(100).optional(),
  /** "3,17": these members alone, such as those that a link filters by; what is not there is left out. */
  ids: z
    .string()
    .max(1_200, someIds)
    .transform((text): unknown[] => text.split(','))
    .pipe(z.array(memberId).min(1).max(100, someIds))
    .optional(),
  ...paging,
});

const named = z.object({ id: z.number(), name: z.string() });
const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number(), nextCursor: z.string().nullable() });
const attributes = z.record(z.string(), z.string());

export const brand = named.extend({ manufacturer: named.nullable(), categories: z.array(named), products: z.number() });
export const category = named.extend({
  parentId: z.number().nullable(),
  depth: z.number(),
  /** Names from the top down to this one, the root left out. */
  path: z.array(z.string()),
  products: z.number(),
});
export const product = named.extend({
  code: z.string(),
  brand: named,
  category: named,
  packSize: z.number().nullable(),
  packUnit: z.string().nullable(),
  attributes,
});
export const store = named.extend({
  code: z.string(),
  region: named.nullable(),
  channel: named.nullable(),
  attributes,
});

export const listBrands = endpoint({
  id: 'listBrands',
  method: 'GET',
  path: '/v1/brands',
  tag: 'Members',
  access: 'viewer',
  summary: 'Brands',
  query: listQuery.extend({ manufacturer: id.optional(), category: id.optional() }),
  response: page(brand),
});
export const getBrand = endpoint({
  id: 'getBrand',
  method: 'GET',
  path: '/v1/brands/{id}',
  tag: 'Members',
  access: 'viewer',
  summary: 'One brand',
  params: z.strictObject({ id }),
  query: workspaceQuery,
  response: brand,
});
export const listManufacturers = endpoint({
  id: 'listManufacturers',
  method: 'GET',
  path: '/v1/manufacturers',
  tag: 'Members',
  access: 'viewer',
  summary: 'Manufacturers',
  query: listQuery,
  response: page(named),
});
export const listCategories = endpoint({
  id: 'listCategories',
  method: 'GET',
  path: '/v1/categories',
  tag: 'Members',
  access: 'viewer',
  summary: 'The category tree, parents before children',
  query: listQuery,
  response: page(category),
});
export const listProducts = endpoint({
  id: 'listProducts',
  method: 'GET',
  path: '/v1/products',
  tag: 'Members',
  access: 'viewer',
  summary: 'Products',
  query: listQuery.extend({ brand: id.optional(), category: id.optional() }),
  response: page(product),
});
export const listStores = endpoint({
  id: 'listStores',
  method: 'GET',
  path: '/v1/stores',
  tag: 'Members',
  access: 'viewer',
  summary: 'Stores',
  query: listQuery.extend({ region: id.optional(), channel: id.optional() }),
  response: page(store),
});
export const listRegions = endpoint({
  id: 'listRegions',
  method: 'GET',
  path: '/v1/regions',
  tag: 'Members',
  access: 'viewer',
  summary: 'Regions, with the universe of those that have one of their own',
  query: listQuery,
  response: page(named.extend({ universe: z.number().nullable() })),
});
export const listChannels = endpoint({
  id: 'listChannels',
  method: 'GET',
  path: '/v1/channels',
  tag: 'Members',
  access: 'viewer',
  summary: 'Channels',
  query: listQuery,
  response: page(named),
});
export const listAttributes = endpoint({
  id: 'listAttributes',
  method: 'GET',
  path: '/v1/attributes',
  tag: 'Members',
  access: 'viewer',
  summary: 'Attributes that filter and break down, with their most frequent values',
  query: workspaceQuery,
  response: z.object({
    items: z.array(
      z.object({ of: z.enum(['product', 'store', 'shopper']), name: z.string(), values: z.array(z.string()) }),
    ),
  }),
});
