import { z } from 'zod';
import { endpoint, memberId } from './endpoint';
import { lists } from './filters';
import { listQuery } from './members';
import { workspaceQuery } from './query';

// Custom groups: brands, products or stores under one name. A group of brands or products acts as a brand, one of stores
// as a region.

export const groupKinds = ['brand', 'product', 'store'] as const;
export type GroupKind = (typeof groupKinds)[number];

const { group: _, store_group: __, ...conditions } = lists;
const text = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((value) => !value.includes('\0'), 'must hold no NUL character');

/** All conditions must be met, as filters are; evaluated anew with each query. A list is the condition to be one of it. */
export const groupRule = z.strictObject({
  /** Text in the member's name, in any case. */
  name: text.optional(),
  ...conditions,
  exclude: z.strictObject(conditions).optional(),
});
export type GroupRule = z.output<typeof groupRule>;

const takes: Record<GroupKind, readonly string[]> = {
  brand: ['name', 'manufacturer', 'brand'],
  product: ['name', 'manufacturer', 'brand', 'category', 'product', 'attributes'],
  store: ['name', 'region', 'channel', 'store', 'attributes'],
};

/** What of a rule a group of this kind can't have, each with what would be right. */
export function faultsOfRule(kind: GroupKind, rule: GroupRule): { path: (string | number)[]; message: string }[] {
  const { exclude, ...include } = rule;
  const named = (within: string[], conditions: object) =>
    Object.keys(conditions)
      .filter((name) => !takes[kind].includes(name))
      .map((name) => ({
        path: [...within, name],
        message: `a group of ${kind}s has conditions on ${takes[kind].join(', ')}`,
      }));
  const owned = (within: string[], attributes: GroupRule['attributes'] = []) =>
    attributes.flatMap(({ of }, at) =>
      of === kind ? [] : [{ path: [...within, 'attributes', at, 'of'], message: `must be "${kind}"` }],
    );
  const faults = [
    ...named([], include),
    ...named(['exclude'], exclude ?? {}),
    ...owned([], include.attributes),
    ...owned(['exclude'], exclude?.attributes),
  ];
  const empty = Object.keys({ ...include, ...exclude }).length === 0;
  return empty ? [{ path: [], message: `must have a condition: ${takes[kind].join(', ')}` }] : faults;
}

export const customGroup = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(groupKinds),
  rule: groupRule,
  /** How many brands, products or stores it holds now. */
  members: z.number(),
  changedAt: z.string(),
});
export type CustomGroup = z.output<typeof customGroup>;

const params = z.strictObject({ id: memberId });

export const listGroups = endpoint({
  id: 'listGroups',
  method: 'GET',
  path: '/v1/groups',
  tag: 'Groups',
  access: 'viewer',
  summary: 'Custom groups of brands, products and stores',
  query: listQuery.extend({
    /** Only those that act as a brand (of brands or products), or as a region (of stores). */
    as: z.enum(['brand', 'region']).optional(),
  }),
  response: z.object({ items: z.array(customGroup), total: z.number(), nextCursor: z.string().nullable() }),
});
export const createGroup = endpoint({
  id: 'createGroup',
  method: 'POST',
  path: '/v1/groups',
  tag: 'Groups',
  access: 'analyst',
  summary: 'Save a group: a list, or a rule',
  query: workspaceQuery,
  body: z
    .strictObject({ name: text, kind: z.enum(groupKinds), rule: groupRule })
    .superRefine(({ kind, rule }, context) => {
      for (const { path, message } of faultsOfRule(kind, rule)) {
        context.addIssue({ code: 'custom', path: ['rule', ...path], message });
      }
    }),
  response: customGroup,
});
export const changeGroup = endpoint({
  id: 'changeGroup',
  method: 'PATCH',
  path: '/v1/groups/{id}',
  tag: 'Groups',
  access: 'analyst',
  summary: 'Rename a group, or give it another list or rule',
  params,
  query: workspaceQuery,
  body: z.strictObject({ name: text.optional(), rule: groupRule.optional() }),
  response: customGroup,
});
export const deleteGroup = endpoint({
  id: 'deleteGroup',
  method: 'DELETE',
  path: '/v1/groups/{id}',
  tag: 'Groups',
  access: 'analyst',
  summary: 'Delete a group; its members stay',
  params,
  query: workspaceQuery,
  response: z.object({ deleted: z.boolean() }),
});
