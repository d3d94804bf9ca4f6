import { z } from 'zod';

// Which lines a question is about.

const [firstDay, lastDay] = ['1970-01-01', '2199-12-31'];

/** A calendar date, YYYY-MM-DD, in the range that lines may have. */
export const isoDate = z.iso
  .date('a date as YYYY-MM-DD')
  .refine((day) => day >= firstDay && day <= lastDay, `a date from ${firstDay} to ${lastDay}`);

/** No id is larger: PostgreSQL's integer ends there. */
export const id = z
  .int('a whole number')
  .min(1, 'a whole number from 1')
  .max(2_147_483_647, 'a whole number up to 2147483647');
export const ids = z.array(id).min(1).max(500);

export const lists = {
  manufacturer: ids.optional(),
  brand: ids.optional(),
  category: ids.optional(),
  product: ids.optional(),
  region: ids.optional(),
  channel: ids.optional(),
  store: ids.optional(),
  /** Custom groups of brands or products; several are "any of". */
  group: ids.optional(),
  /** Custom groups of stores. */
  store_group: ids.optional(),
  /** Further columns of the user's files. */
  attributes: z
    .array(
      z.strictObject({
        of: z.enum(['product', 'store', 'shopper']),
        name: z.string().min(1).max(100),
        values: z.array(z.string().max(200)).min(1).max(100),
      }),
    )
    .max(10)
    .optional(),
};

/** Who bought, or did not buy, anything of this between these dates, wherever it was; nothing named: anything at all. */
export const shopperGroup = z
  .strictObject({
    are: z.enum(['buyers', 'non_buyers']),
    from: isoDate,
    to: isoDate,
    manufacturer: ids.optional(),
    brand: ids.optional(),
    category: ids.optional(),
    product: ids.optional(),
    group: ids.optional(),
  })
  .refine((group) => group.from <= group.to, { path: ['to'], message: 'must not be before from' });
export type ShopperGroup = z.output<typeof shopperGroup>;

/**
 * Members of a dimension; lists are "any of". A category stands for everything under it. `exclude` leaves out what is any of
 * its members; what belongs to none (a line without a store, a product without the attribute) stays in. `shoppers` keeps the
 * lines of those who belong to each of the groups.
 */
export const filters = z.strictObject({
  ...lists,
  promotion: z.enum(['promoted', 'not_promoted']).optional(),
  exclude: z.strictObject(lists).optional(),
  shoppers: z.array(shopperGroup).min(1).max(5).optional(),
});
export type Filters = z.output<typeof filters>;
