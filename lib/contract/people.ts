import { z } from 'zod';
import { endpoint } from './endpoint';
import { workspaceQuery } from './query';

// Who belongs to the workspace, and what each may.

export const roles = ['viewer', 'analyst', 'admin'] as const;

/** What a member of a role may, in words. */
export const roleMeanings: Record<(typeof roles)[number], string> = {
  viewer: 'reads numbers, and not who bought what',
  analyst: 'reads all, loads and reverts files, and edits groups and brands',
  admin: 'does all that, and looks after people, keys, connectors and settings',
};

export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  since: z.string(),
});
export type Person = z.output<typeof person>;

/** Accounts made on the sign-in page have ids of another form than those made by the command. */
const params = z.strictObject({ id: z.string().regex(/^[\w-]{20,64}$/, 'the id of a member, as the list gives it') });
const role = z.enum(roles);

export const listPeople = endpoint({
  id: 'listPeople',
  method: 'GET',
  path: '/v1/people',
  tag: 'People',
  access: 'admin',
  summary: 'Who belongs to the workspace, by name',
  query: workspaceQuery,
  response: z.object({ items: z.array(person) }),
});
export const addPerson = endpoint({
  id: 'addPerson',
  method: 'POST',
  path: '/v1/people',
  tag: 'People',
  access: 'admin',
  summary: 'Let somebody who has an account into the workspace',
  query: workspaceQuery,
  body: z.strictObject({ email: z.string().trim().toLowerCase().pipe(z.email('an e-mail address')), role }),
  response: person,
});
export const changePerson = endpoint({
  id: 'changePerson',
  method: 'PATCH',
  path: '/v1/people/{id}',
  tag: 'People',
  access: 'admin',
  summary: 'Give a member another role; the last admin keeps theirs',
  params,
  query: workspaceQuery,
  body: z.strictObject({ role }),
  response: person,
});
export const removePerson = endpoint({
  id: 'removePerson',
  method: 'DELETE',
  path: '/v1/people/{id}',
  tag: 'People',
  access: 'admin',
  summary: 'Let a member in no more; their account, and the keys that they made, stay',
  params,
  query: workspaceQuery,
  response: z.object({ removed: z.boolean() }),
});
