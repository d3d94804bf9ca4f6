import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Role } from '@/lib/contract/endpoint';
import { guarded } from '@/lib/db/breaker';
import { isUnavailable } from '@/lib/db/fault';
import { db } from '@/lib/db/client';

export interface Membership {
  id: number;
  slug: string;
  name: string;
  role: Role;
  currency: string;
  currencyScale: number;
}

const freshMs = 5_000;
const most = 10_000;
const keep = globalThis as { brandlensMemberships?: Map<string, { at: number; list: Membership[] }> };
const cached = (keep.brandlensMemberships ??= new Map());

/** The workspaces of a user, oldest membership first. A few seconds old at most while the database answers. */
export async function listMemberships(userId: string): Promise<Membership[]> {
  const known = cached.get(userId);
  if (known && Date.now() - known.at < freshMs) return known.list;
  try {
    const members = await guarded(() =>
      db.member.findMany({
        where: { userId },
        orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
        include: { workspace: { select: { id: true, slug: true, name: true, currency: true, currencyScale: true } } },
      }),
    );
    const list = members.map(({ role, workspace }) => ({ ...workspace, role }));
    if (cached.size >= most) cached.clear();
    cached.set(userId, { at: Date.now(), list });
    return list;
  } catch (error) {
    // While the database is down, the last known memberships let the last good numbers be read.
    if (known && isUnavailable(error)) return known.list;
    throw error;
  }
}

/** The workspace of this slug that the user belongs to; without a slug, the first one. Another's does not exist. */
export async function resolveWorkspace(userId: string, slug?: string): Promise<Membership> {
  const pick = (list: Membership[]) => (slug === undefined ? list[0] : list.find((item) => item.slug === slug));
  let found = pick(await listMemberships(userId));
  if (!found) {
    // It may have been made a moment ago.
    cached.delete(userId);
    found = pick(await listMemberships(userId));
  }
  if (found) return found;
  throw new ApiError(
    'not_found',
    slug === undefined ? 'You belong to no workspace yet.' : 'There is no such workspace of yours.',
  );
}

/** After a change of members. */
export function forgetMemberships(userId: string): void {
  cached.delete(userId);
}

/** The user's membership of a workspace, by its id. */
export async function memberOf(userId: string, workspaceId: number): Promise<Membership> {
  const found = (await listMemberships(userId)).find(({ id }) => id === workspaceId);
  if (!found) throw new ApiError('not_found', 'There is no such workspace of yours.');
  return found;
}
