import { z } from 'zod';
import { basketsSpec, listedRange, shoppersSpec } from './drill';
import { endpoint, jsonText, paging } from './endpoint';
import { responseMeta, workspaceQuery } from './query';

// What a count is made of: the shoppers of a count of buyers, the baskets of a count of trips.

/** Units and amount are net of returns, of the lines that the count runs over. */
export const buyer = z.object({
  shopper: z.string(),
  /** Baskets with a purchase; null where the data has no receipts. */
  trips: z.number().nullable(),
  units: z.number(),
  amount: z.number(),
  /** The days of the first and of the last purchase; null for who only brought back, as some who switched. */
  first: z.string().nullable(),
  last: z.string().nullable(),
});
export type Buyer = z.output<typeof buyer>;

export const basket = z.object({
  receipt: z.string(),
  /** The day of its first purchase: a receipt that is declared unique may run over several. */
  date: z.string(),
  /** Null: none, or several. */
  store: z.string().nullable(),
  /** Null: anonymous. Left out for viewers: who bought what needs the role analyst. */
  shopper: z.string().nullable().optional(),
  lines: z.number(),
  units: z.number(),
  amount: z.number(),
});
export type Basket = z.output<typeof basket>;

/** A page of what a count is made of. */
export const counted = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    /** The count, from where the numbers of the pages come: so long is the list. */
    total: z.number().nullable(),
    range: listedRange,
    meta: responseMeta,
  });

export const listShoppers = endpoint({
  id: 'listShoppers',
  method: 'GET',
  path: '/v1/shoppers',
  tag: 'Query',
  access: 'analyst',
  summary: 'The shoppers of a count of buyers, the largest amount first',
  query: workspaceQuery.extend({ q: jsonText.pipe(shoppersSpec), ...paging }),
  response: counted(buyer),
});

export const exportShoppers = endpoint({
  id: 'exportShoppers',
  method: 'GET',
  path: '/v1/shoppers.csv',
  tag: 'Query',
  access: 'analyst',
  summary: 'The same shoppers, all of them, as CSV',
  query: workspaceQuery.extend({ q: jsonText.pipe(shoppersSpec) }),
  produces: 'text/csv',
  response: z.string(),
});

export const listBaskets = endpoint({
  id: 'listBaskets',
  method: 'GET',
  path: '/v1/baskets',
  tag: 'Query',
  access: 'viewer',
  summary: 'The baskets of a count of trips, oldest first',
  query: workspaceQuery.extend({ q: jsonText.pipe(basketsSpec), ...paging }),
  response: counted(basket),
});

export const exportBaskets = endpoint({
  id: 'exportBaskets',
  method: 'GET',
  path: '/v1/baskets.csv',
  tag: 'Query',
  access: 'viewer',
  summary: 'The same baskets, all of them, as CSV',
  query: workspaceQuery.extend({ q: jsonText.pipe(basketsSpec) }),
  produces: 'text/csv',
  response: z.string(),
});
