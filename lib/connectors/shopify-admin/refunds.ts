import 'server-only';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import type { Visit } from '../visit';
import { textOf } from './amount';
import { graphql } from './graphql';
import { numberOf } from './objects';
import { itemFields, lineItem, moneyShape, type Line, type LineItem, type Naming, type Order } from './orders';

// A store's file cannot hold the lines of refunds, which belong to no list of their own: they are asked for by themselves.

const page = `refundLineItems(first: 250, after: $after) { pageInfo { hasNextPage endCursor }
  nodes { quantity subtotalSet { shopMoney { amount } } lineItem { ${itemFields} } } }`;
const askFirst = `query($id: ID!, $after: String) { order(id: $id) { refunds { id createdAt ${page} } } }`;
const askNext = `query($id: ID!, $after: String) { node(id: $id) { ... on Refund { ${page} } } }`;

const lines = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(z.object({ quantity: z.number(), subtotalSet: moneyShape, lineItem })),
});
type Lines = z.output<typeof lines>;
const first = z.object({
  order: z
    .object({
      refunds: z.array(z.object({ id: z.string(), createdAt: z.string().nullish(), refundLineItems: lines })),
    })
    .nullable(),
});
const next = z.object({ node: z.object({ refundLineItems: lines }).nullable() });

/** What was given back of an item with one refund. */
export interface Return {
  item: string;
  quantity: number;
  line: Line;
}

/** What was given back of an order: lines below zero, on the day of the refund; an item once a refund. */
export async function returnsOf(visit: Visit<ShopifyAdminSource>, order: Order, naming: Naming): Promise<Return[]> {
  const { order: found } = await graphql(visit, askFirst, { id: order.id, after: null }, first);
  const returns: Return[] = [];
  for (const { id, createdAt, refundLineItems } of found?.refunds ?? []) {
    const items = new Map<string, { item: LineItem; quantity: number; amount: bigint }>();
    for await (const { quantity, subtotalSet, lineItem: item } of nodesOf(visit, id, refundLineItems)) {
      const { quantity: before = 0, amount = 0n } = items.get(item.id) ?? {};
      const more = subtotalSet.shopMoney.amount ?? 0n;
      if (quantity > 0) items.set(item.id, { item, quantity: before + quantity, amount: amount + more });
    }
    for (const { item, quantity, amount } of items.values()) {
      const cells = naming.cells(createdAt ?? order.createdAt, order, item);
      const sums = { units: `-${quantity}`, amount: textOf(-amount), base_amount: textOf(-amount), promoted: '0' };
      returns.push({ item: item.id, quantity, line: { id: `refund ${numberOf(id)}`, cells: { ...cells, ...sums } } });
    }
  }
  return returns;
}

/** The lines of a refund, which come in pages. */
async function* nodesOf(
  visit: Visit<ShopifyAdminSource>,
  id: string,
  begun: Lines,
): AsyncGenerator<Lines['nodes'][number]> {
  for (let { nodes, pageInfo } = begun; ;) {
    yield* nodes;
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return;
    const { node } = await graphql(visit, askNext, { id, after: pageInfo.endCursor }, next);
    if (!node) return;
    ({ nodes, pageInfo } = node.refundLineItems);
  }
}
