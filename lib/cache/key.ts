import { createHash } from 'node:crypto';

/** The same value whatever the order of its keys; undefined is as if it were not there. */
export function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, normalise(inner)]),
  );
}

export const keyOf = (release: string, workspaceId: number, what: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([release, workspaceId, normalise(what)]))
    .digest('base64url');
