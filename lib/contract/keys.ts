import { z } from 'zod';
import { endpoint, memberId } from './endpoint';
import { workspaceQuery } from './query';

// Keys for programs, sent as "Authorization: Bearer bl_…". Each belongs to one workspace.

export const keyScopes = ['read', 'import', 'admin'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** What a key of a scope may, in words. */
export const scopeMeanings: Record<KeyScope, string> = {
  read: 'reads, as a viewer does',
  import: 'reads, and loads, publishes and reverts imports',
  admin: 'everything that an admin may do, except to make workspaces',
};

export const longestDays = 730;

export const apiKey = z.object({
  id: z.number(),
  name: z.string(),
  scope: z.enum(keyScopes),
  /** How the key begins. */
  prefix: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  expiresAt: z.string(),
  /** To the minute; null: never. */
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ApiKey = z.output<typeof apiKey>;

export const newKey = z.strictObject({
  name: z.string().trim().min(1, 'a name').max(100, 'at most 100 characters'),
  scope: z.enum(keyScopes),
  expiresInDays: z
    .int('a whole number of days')
    .min(1, `1 to ${longestDays} days`)
    .max(longestDays, `1 to ${longestDays} days`)
    .default(90),
});

export const listKeys = endpoint({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  tag: 'Keys',
  access: 'admin',
  summary: 'The API keys of the workspace: those that work first, then the newest; 100 at most',
  query: workspaceQuery,
  response: z.object({ items: z.array(apiKey) }),
});
export const createKey = endpoint({
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  tag: 'Keys',
  access: 'admin',
  summary: 'Make an API key; the answer is the only time that it is shown',
  replay: 'never',
  query: workspaceQuery,
  body: newKey,
  response: apiKey.extend({
    /** The key itself. It is kept nowhere. */
    key: z.string(),
  }),
});
export const revokeKey = endpoint({
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/keys/{id}',
  tag: 'Keys',
  access: 'admin',
  summary: 'Revoke an API key: within seconds it opens nothing any more',
  params: z.strictObject({ id: memberId }),
  query: workspaceQuery,
  response: apiKey,
});
