import 'server-only';
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { ApiError } from '@/lib/contract/errors';

/** What the settings of the server open: names, addresses, or ranges such as 10.1.0.0/16. */
export type PrivateHosts = readonly string[];

/** Addresses of the public internet. Whatever else there is (private, loopback, link-local, mapped) is this side's own. */
function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

function isOpened(address: string, opened: PrivateHosts): boolean {
  const parsed = ipaddr.process(address);
  return opened.some((entry) => {
    if (isIP(entry)) return ipaddr.process(entry).toString() === parsed.toString();
    if (!ipaddr.isValidCIDR(entry)) return false;
    const [range, bits] = ipaddr.parseCIDR(entry);
    return range.kind() === parsed.kind() && parsed.match(range, bits);
  });
}

const refusal = (host: string, address: string): ApiError =>
  new ApiError(
    'unprocessable',
    host === address
      ? `${address} is no address of the public internet. The settings of the server can open it: CONNECTOR_PRIVATE_HOSTS.`
      : `${host} leads to ${address}, which is no address of the public internet. The settings of the server can open it: CONNECTOR_PRIVATE_HOSTS.`,
  );

/**
 * Connects to public addresses, and to those that are opened. The address is judged when it is connected to, not before: a
 * name that led elsewhere a moment ago gains nothing by it.
 */
export function connectorTo(opened: PrivateHosts, timeout: number): buildConnector.connector {
  const allowed = (host: string, address: string): boolean =>
    isPublic(address) || isOpened(address, opened) || opened.includes(host.toLowerCase());

  const look: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const refused = found.find(({ address }) => !allowed(host, address));
      if (refused) return done(refusal(host, refused.address), '');
      const [first] = found;
      if (options.all) done(null, found);
      else done(null, first?.address ?? '', first?.family);
    });
  };
  const connect = buildConnector({ lookup: look, timeout });
  return (options, done) => {
    // An address as it stands is never looked up.
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !allowed(host, host)) done(refusal(host, host), null);
    else connect(options, done);
  };
}
