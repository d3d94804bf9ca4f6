import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address';

const from = (chain: string) => new Headers({ 'x-forwarded-for': chain });

describe('the address of the caller', () => {
  it('is what this server saw, whatever the caller wrote', () => {
    expect(clientAddress(from('203.0.113.9'), 0)).toBe('203.0.113.9');
    expect(clientAddress(from('1.1.1.1, 2.2.2.2, 203.0.113.9'), 0)).toBe('203.0.113.9');
  });

  it('is one entry to the left for every trusted proxy', () => {
    expect(clientAddress(from('1.1.1.1, 203.0.113.9, 10.0.0.1'), 1)).toBe('203.0.113.9');
    expect(clientAddress(from('1.1.1.1, 203.0.113.9, 10.0.0.1, 10.0.0.2'), 2)).toBe('203.0.113.9');
    expect(clientAddress(from('10.0.0.1'), 3)).toBe('10.0.0.1');
  });

  it('counts an IPv6 network as one, and IPv4 in IPv6 as IPv4', () => {
    expect(clientAddress(from('2001:db8:1:2:3:4:5:6'), 0)).toBe('2001:db8:1:2::/64');
    expect(clientAddress(from('2001:db8:1:2:ffff::1'), 0)).toBe('2001:db8:1:2::/64');
    expect(clientAddress(from('::1'), 0)).toBe('0:0:0:0::/64');
    expect(clientAddress(from('::ffff:127.0.0.1'), 0)).toBe('127.0.0.1');
  });

  it('has a name where nothing is known', () => {
    expect(clientAddress(new Headers(), 0)).toBe('unknown');
  });
});
