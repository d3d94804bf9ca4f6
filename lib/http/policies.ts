import { shownKey } from '@/lib/access/key';

interface Asked {
  method: string;
  path: string;
  /** With a session, or with a key that is known. */
  signedIn: boolean;
  byKey?: boolean;
}

/** How often one caller may ask. The first policy that fits a request is its policy. */
export interface Policy {
  name: string;
  /** Requests allowed in the window. */
  quota: number;
  windowSeconds: number;
  /** A user, or a key. */
  by: 'address' | 'user';
  fits: (request: Asked) => boolean;
}

const credentials = /^\/api\/auth\/(sign-in|sign-up|forget-password|reset-password|change-password)(\/|$)/;

export const policies = [
  {
    name: 'credentials',
    quota: 10,
    windowSeconds: 60,
    by: 'address',
    fits: ({ method, path }) => method === 'POST' && credentials.test(path),
  },
  {
    name: 'upload',
    quota: 30,
    windowSeconds: 60,
    by: 'user',
    fits: ({ method, path, signedIn }) => signedIn && method === 'POST' && path === '/api/v1/imports',
  },
  { name: 'key', quota: 600, windowSeconds: 60, by: 'user', fits: ({ byKey = false }) => byKey },
  { name: 'signed-in', quota: 600, windowSeconds: 60, by: 'user', fits: ({ signedIn }) => signedIn },
  { name: 'anonymous', quota: 60, windowSeconds: 60, by: 'address', fits: () => true },
] as const satisfies readonly Policy[];

/** Kept out of the middleware, which cuts bodies at 10 MB: their handlers do what it does elsewhere. */
export const withoutMiddleware: readonly string[] = ['/v1/imports', '/v1/transactions'];

/** Also what comes with a key: it is looked up where handlers run, and only then it can be counted by key. */
export const limitedByHandler = (path: string, headers: Headers): boolean =>
  path.startsWith('/api/v1/') && (withoutMiddleware.includes(path.slice('/api'.length)) || shownKey(headers) !== null);

export function policyOf(request: Asked): Policy {
  const list: readonly Policy[] = policies;
  const found = list.find((policy) => policy.fits(request));
  if (!found) throw new Error('The last policy fits everything.');
  return found;
}
