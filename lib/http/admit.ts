import 'server-only';
import { shownKey, type KnownKey } from '@/lib/access/key';
import { permit, permitKey, roleOf } from '@/lib/access/permit';
import { readKey } from '@/lib/access/read-key';
import { readSession, type User } from '@/lib/access/session';
import { resolveWorkspace, type Membership } from '@/lib/access/workspace';
import type { Endpoint, Role } from '@/lib/contract/endpoint';
import { ApiError } from '@/lib/contract/errors';
import type { KeyScope } from '@/lib/contract/keys';

/** What the log line of a request tells, filled in as it becomes known. */
export interface Trace {
  userId?: string;
  workspace?: string;
  cache?: string;
}

export interface Admitted {
  user: User;
  workspace: Membership;
  /** Of the key that is shown; null: a person. */
  scope: KeyScope | null;
  cookies: string[];
}

const isRole = (access: Endpoint['access']): access is Role => access !== 'public' && access !== 'signed-in';

const nobody: User = { id: '', email: '', name: '' };
const nowhere: Membership = { id: 0, slug: '', name: '', role: 'viewer', currency: 'USD', currencyScale: 2 };

/** Who calls, and from which workspace: 401, 404 or 403 where that is not enough. */
export async function admit(
  endpoint: Endpoint,
  request: Request,
  slug: string | undefined,
  trace: Trace,
): Promise<Admitted> {
  const { access } = endpoint;
  if (access === 'public') return { user: nobody, workspace: nowhere, scope: null, cookies: [] };
  // A key that is shown counts, whatever cookies come along: it is never worth less than nothing.
  const shown = shownKey(request.headers);
  if (shown !== null) return admitKey(endpoint, await readKey(shown), slug, trace);
  const { user, cookies } = await readSession(request.headers);
  if (!user) throw new ApiError('unauthenticated', 'Sign in first, or send an API key.');
  trace.userId = user.id;
  if (!isRole(access)) return { user, workspace: nowhere, scope: null, cookies };
  const workspace = await resolveWorkspace(user.id, slug);
  trace.workspace = workspace.slug;
  permit(workspace.role, access);
  return { user, workspace, scope: null, cookies };
}

/** A key acts in its own workspace, under its own id and name. */
function admitKey(endpoint: Endpoint, key: KnownKey, slug: string | undefined, trace: Trace): Admitted {
  const { id, name, scope, workspace } = key;
  trace.userId = `key:${id}`;
  trace.workspace = workspace.slug;
  if (slug !== undefined && slug !== workspace.slug) {
    throw new ApiError('not_found', 'There is no such workspace of this key.');
  }
  permitKey(scope, endpoint);
  const membership = { ...workspace, role: roleOf[scope] };
  return { user: { id: `key:${id}`, email: '', name }, workspace: membership, scope, cookies: [] };
}
