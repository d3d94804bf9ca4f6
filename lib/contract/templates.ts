import { z } from 'zod';
import { endpoint, memberId } from './endpoint';
import { templateFixes } from './fixes';
import { importKinds, mapping } from './imports';
import { workspaceQuery } from './query';

// Remembered mappings: how files with a certain header were mapped when one of them was last published.

export const template = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(importKinds),
  /** The header by which a file is recognised; neither case, signs nor order count. */
  columns: z.array(z.string()),
  mapping,
  /** Values that are set right in every cell that says them, in each such file: by whom and since when. None for who sees no rows of files. */
  fixes: templateFixes,
  /** The file that it was last used for, and when that was published. */
  fileName: z.string(),
  usedAt: z.string(),
});
export type Template = z.output<typeof template>;

const params = z.strictObject({ id: memberId });

export const listTemplates = endpoint({
  id: 'listTemplates',
  method: 'GET',
  path: '/v1/mapping-templates',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Remembered mappings, the one used last first; 100 at most',
  query: workspaceQuery,
  response: z.object({ items: z.array(template) }),
});
export const renameTemplate = endpoint({
  id: 'renameTemplate',
  method: 'PATCH',
  path: '/v1/mapping-templates/{id}',
  tag: 'Imports',
  access: 'analyst',
  summary: 'Give a remembered mapping another name',
  params,
  query: workspaceQuery,
  body: z.strictObject({ name: z.string().trim().min(1, 'a name').max(255, 'at most 255 characters') }),
  response: template,
});
export const forgetTemplate = endpoint({
  id: 'forgetTemplate',
  method: 'DELETE',
  path: '/v1/mapping-templates/{id}',
  tag: 'Imports',
  access: 'analyst',
  summary: 'Forget a mapping: the next such file is mapped by its names and values',
  params,
  query: workspaceQuery,
  response: z.object({ deleted: z.boolean() }),
});
export const dropTemplateFix = endpoint({
  id: 'dropTemplateFix',
  method: 'DELETE',
  path: '/v1/mapping-templates/{id}/fixes',
  tag: 'Imports',
  access: 'analyst',
  summary: 'Let a value be set right no more in files to come; those that are here keep what they have',
  params,
  query: workspaceQuery.extend({ column: z.string().max(1_000), from: z.string().max(1_000) }),
  response: template,
});
