import { BlockList, isIP, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** An IPv6 caller owns a whole /64, so that is what counts as one address. */
function bucket(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^\[|\](:\d+)?$/g, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

const chainOf = (headers: Headers): string[] =>
  (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/** Whether the request came from this machine, and no proxy on it says that it comes from elsewhere. */
export function isLocal(headers: Headers): boolean {
  const chain = chainOf(headers);
  // As IPv6, which an IPv4 address has a form of too.
  return (
    chain.length > 0 &&
    chain.every((entry) => isIP(entry) !== 0 && loopback.check(entry, isIPv6(entry) ? 'ipv6' : 'ipv4'))
  );
}

/**
 * The address of the caller. The last entry of X-Forwarded-For is the one this server saw itself (see instrumentation.ts);
 * every trusted proxy in front moves one entry to the left. Whatever stands further left was written by the caller.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const chain = chainOf(headers);
  return bucket(chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? 'unknown');
}
