/** How often one caller may ask. The first policy that fits a request is its policy. */
export interface Policy {
  name: string;
  /** Requests allowed in the window. */
  quota: number;
  windowSeconds: number;
  by: 'address' | 'user';
  fits: (request: { method: string; path: string; signedIn: boolean }) => boolean;
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
  { name: 'signed-in', quota: 600, windowSeconds: 60, by: 'user', fits: ({ signedIn }) => signedIn },
  { name: 'anonymous', quota: 60, windowSeconds: 60, by: 'address', fits: () => true },
] as const satisfies readonly Policy[];

/** Kept out of the middleware, which cuts bodies at 10 MB: their handlers do what it does elsewhere. */
export const withoutMiddleware: readonly string[] = ['/v1/imports'];

export function policyOf(request: { method: string; path: string; signedIn: boolean }): Policy {
  const list: readonly Policy[] = policies;
  const found = list.find((policy) => policy.fits(request));
  if (!found) throw new Error('The last policy fits everything.');
  return found;
}
