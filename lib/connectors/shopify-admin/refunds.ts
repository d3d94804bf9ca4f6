import 'server-only';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import type { Visit } from '../visit';
import { textOf } from './amount';
import { graphql } from './graphql';
import { numberOf } from './objects';
import { lineItem, moneyShape, type Line, type Naming, type Order } from './orders';

// A store's file cannot hold the lines of refunds, which belong to no list of their own: they are asked for by themselves.

const ask = `query($id: ID!) { order(id: $id) { refunds { id createdAt refundLineItems(first: 250) { nodes {
  quantity subtotalSet { shopMoney { amount } }
  lineItem { id sku title vendor quantity variant { id } product { productType }
    originalTotalSet { shopMoney { amount } } discountAllocations { allocatedAmountSet { shopMoney { amount } } } }
} } } } }`;

const shape = z.object({
  order: z
    .object({
      refunds: z.array(
        z.object({
          id: z.string(),
          createdAt: z.string().nullish(),
          refundLineItems: z.object({
            nodes: z.array(z.object({ quantity: z.number(), subtotalSet: moneyShape, lineItem })),
          }),
        }),
      ),
    })
    .nullable(),
});

/** What was given back of an order: lines below zero, on the day of the refund. */
export async function returnsOf(visit: Visit<ShopifyAdminSource>, order: Order, naming: Naming): Promise<Line[]> {
  const { order: found } = await graphql(visit, ask, { id: order.id }, shape);
  return (found?.refunds ?? []).flatMap(({ id, createdAt, refundLineItems }) =>
    refundLineItems.nodes.flatMap(({ quantity, subtotalSet, lineItem: item }) => {
      const amount = subtotalSet.shopMoney.amount ?? 0n;
      if (quantity <= 0) return [];
      return {
        id: `refund ${numberOf(id)} ${numberOf(item.id)}`,
        cells: {
          ...naming.cells(createdAt ?? order.createdAt, order, item),
          units: `-${quantity}`,
          amount: textOf(-amount),
          base_amount: textOf(-amount),
          promoted: '0',
        },
      };
    }),
  );
}
