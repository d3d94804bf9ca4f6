import { ApiError } from '@/lib/contract/errors';
import type { Endpoint, Role } from '@/lib/contract/endpoint';
import type { KeyScope } from '@/lib/contract/keys';

const ranks: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 };

export const may = (role: Role, needed: Role): boolean => ranks[role] >= ranks[needed];

/** Refuses whoever's role is below the one that is needed. */
export function permit(role: Role, needed: Role): void {
  if (!may(role, needed)) {
    throw new ApiError('forbidden', `This needs the role ${needed}; yours is ${role}.`);
  }
}

/** What a key is where it is asked for a role. One that loads sees what a viewer sees. */
export const roleOf: Record<KeyScope, Role> = { read: 'viewer', import: 'viewer', admin: 'admin' };

/** Whether rows of files are shown: they tell who bought what. Whoever loads files has them anyway. */
export const seesRows = (role: Role, scope: KeyScope | null): boolean => may(role, 'analyst') || scope === 'import';

/** Refuses a key whose scope does not open this endpoint. */
export function permitKey(scope: KeyScope, { access, keys }: Pick<Endpoint, 'access' | 'keys'>): void {
  if (keys === 'none') throw new ApiError('forbidden', 'No API key may do this: sign in.');
  if (access === 'public' || access === 'signed-in' || may(roleOf[scope], access)) return;
  if (keys === 'loading' && scope === 'import') return;
  const needed = keys === 'loading' ? 'import or admin' : 'admin';
  throw new ApiError('forbidden', `This needs a key of scope ${needed}; yours is of scope ${scope}.`);
}
