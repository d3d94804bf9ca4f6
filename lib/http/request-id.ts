import { randomUUID } from 'node:crypto';

export const requestIdHeader = 'x-request-id';

/** The caller's request id where it has a harmless form, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get(requestIdHeader);
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}
