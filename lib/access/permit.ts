import { ApiError } from '@/lib/contract/errors';
import type { Role } from '@/lib/contract/endpoint';

const ranks: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 };

export const may = (role: Role, needed: Role): boolean => ranks[role] >= ranks[needed];

/** Refuses whoever's role is below the one that is needed. */
export function permit(role: Role, needed: Role): void {
  if (!may(role, needed)) {
    throw new ApiError('forbidden', `This needs the role ${needed}; yours is ${role}.`);
  }
}
