import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Writes the address that this server itself sees at the end of X-Forwarded-For, as a proxy would. Next.js keeps whatever
 * the caller wrote there, and handlers never see the socket: without this, anybody could pose as any address.
 */
export function notePeerAddresses(): void {
  const keep = globalThis as { brandlensNotesPeers?: boolean };
  if (keep.brandlensNotesPeers) return;
  keep.brandlensNotesPeers = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const given = request.headers['x-forwarded-for'];
    const chain = [...(Array.isArray(given) ? given : [given]), request.socket.remoteAddress].filter(Boolean);
    request.headers['x-forwarded-for'] = chain.join(', ');
  });
}
