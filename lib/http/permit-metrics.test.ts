import { describe, expect, it } from 'vitest';
import { permitMetrics } from './permit-metrics';

const token = 'a-token-that-nobody-guesses';
const asked = (forwarded: string | null, authorization?: string, given?: string) => () =>
  permitMetrics(
    new Headers({
      ...(forwarded !== null && { 'x-forwarded-for': forwarded }),
      ...(authorization && { authorization }),
    }),
    given,
  );

describe('without a token', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])(
    'this machine may read the metrics (%s)',
    (address) => {
      expect(asked(address)).not.toThrow();
    },
  );

  it.each([
    ['203.0.113.7', 'another machine'],
    ['::ffff:203.0.113.7', 'another machine in the form of IPv6'],
    ['2001:db8::1', 'another machine by IPv6'],
    ['203.0.113.7, 127.0.0.1', 'another machine through a proxy on this one'],
    ['127.0.0.1, 203.0.113.7', 'another machine that poses as this one'],
    ['localhost', 'a name'],
    [null, 'somebody of whom no address is known'],
  ])('%s may not: %s', (address, _who) => {
    expect(asked(address)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});

describe('with a token', () => {
  it('its bearer may read them from anywhere', () => {
    expect(asked('203.0.113.7', `Bearer ${token}`, token)).not.toThrow();
  });

  it.each([undefined, '', `Bearer ${token}x`, 'Bearer ', token, `Basic ${token}`])(
    '"%s" is refused, here too',
    (header) => {
      expect(asked('127.0.0.1', header, token)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
    },
  );
});
