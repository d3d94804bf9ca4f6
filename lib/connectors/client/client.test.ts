import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectorLimits } from '@/lib/contract/connector-limits';
import { ApiError } from '@/lib/contract/errors';
import { Client } from './client';
import { FakeServer, json } from './fake-server.fixture';

let server: FakeServer;
const clients: Client[] = [];

const quick = { firstRetryMs: 5, attempts: 5 };
const client = (limits: object = {}, opened = ['127.0.0.1'], signal = new AbortController().signal): Client => {
  const made = new Client(connectorLimits.parse({ ...quick, ...limits }), opened, signal);
  clients.push(made);
  return made;
};
const at = (path: string): string => `${server.origin}${path}`;

/** The error of a call that must fail. */
async function failing(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

beforeAll(async () => {
  server = await FakeServer.start({
    '/well': (_, response) => json(response, { ok: true }),
    '/busy': (_, response, nth) => {
      if (nth === 2) response.writeHead(429, { 'retry-after': '1' }).end();
      else json(response, { nth });
    },
    '/very-busy': (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
    '/shaky': (_, response, nth) => {
      if (nth < 3) response.writeHead(503).end('down');
      else json(response, { nth });
    },
    '/down': (_, response) => void response.writeHead(500).end(),
    '/down-too': (_, response) => void response.writeHead(500).end(),
    '/forbidden': (_, response) => void response.writeHead(403).end(),
    '/cut': (request, response, nth) => {
      if (nth === 1) request.socket.destroy();
      else if (nth === 2) {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"half":');
        setTimeout(() => request.socket.destroy(), 20);
      } else json(response, { nth });
    },
    '/garbage': (_, response) => void response.writeHead(200).end('\u0000\u0001 not at all {'),
    '/no-http': (request) => {
      request.socket.end('GARBAGE GARBAGE\r\n\r\n');
    },
    '/web-page': (_, response) => void response.writeHead(200).end('<!doctype html><p>Password</p>'),
    '/endless': (_, response) => {
      response.writeHead(200);
      const pour = (): void => {
        if (response.destroyed) return;
        response.write('x'.repeat(65_536));
        setImmediate(pour);
      };
      pour();
    },
    '/silent': () => undefined,
    '/drip': (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(' ')), 100);
    },
    '/onward': (_, response) => void response.writeHead(302, { location: '/well' }).end(),
    '/round': (_, response) => void response.writeHead(302, { location: '/round' }).end(),
    '/inward': (request, response) => {
      const to = new URL(request.url ?? '', 'http://x').searchParams.get('to') ?? '';
      response.writeHead(302, { location: to }).end();
    },
  });
});
afterEach(async () => {
  for (const one of clients.splice(0)) await one.close();
});
afterAll(() => server.stop());

describe('what passes is borne', () => {
  it('waits as long as a 429 asks for, all requests of the run, and asks less often from then on', async () => {
    const one = client();
    await one.json(at('/busy'));
    const from = server.seen.length;
    const [second] = await Promise.all([
      one.json(at('/busy')),
      one.json(at('/well')).then(() => one.json(at('/well'))),
    ]);
    expect(second).toEqual({ nth: 3 });
    const [refused, ...later] = server.seen.slice(from).filter(({ path }) => path === '/busy');
    expect(later[0]!.at - refused!.at).toBeGreaterThanOrEqual(990);
    await one.json(at('/well'));
    const [last, before] = server.seen.slice(-2).reverse();
    expect(last!.at - before!.at).toBeGreaterThan(80);
    expect(one.statistics).toMatchObject({ throttled: 1, retries: 1 });
    expect(one.statistics.waitedMs).toBeGreaterThanOrEqual(990);
  });

  it('does not wait for hours, but says how long it would be', async () => {
    const started = Date.now();
    const error = await failing(client().json(at('/very-busy')));
    expect(error).toMatchObject({ code: 'unavailable', retryAfterSeconds: 3_600 });
    expect(error.message).toContain('asks to wait 3600 seconds; this connector waits 120 at most');
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('tries again after a 5xx and after a cut connection, before and within the answer', async () => {
    const one = client();
    expect(await one.json(at('/shaky'))).toEqual({ nth: 3 });
    expect(await one.json(at('/cut'))).toEqual({ nth: 3 });
    expect(one.statistics).toMatchObject({ requests: 6, retries: 4, throttled: 0 });
  });

  it('gives up after the tries of a request, and after the retries of a run', async () => {
    const few = await failing(client({ attempts: 3, breakAfter: 100 }).json(at('/down')));
    expect(few).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/fails with 500. It was tried 3/),
    });
    expect(server.count('/down')).toBe(3);
    const one = client({ attempts: 3, retries: 3, breakAfter: 100 });
    await failing(one.json(at('/down')));
    const spent = await failing(one.json(at('/down')));
    expect(spent.message).toContain('All 3 retries of this run are used up');
    expect(server.count('/down')).toBe(3 + 3 + 2);
  });

  it('does not repeat what will not pass', async () => {
    const error = await failing(client().json(at('/forbidden')));
    expect(error.code).toBe('unprocessable');
    expect(error.message).toBe(`${at('/forbidden')} does not let these credentials in (403).`);
    expect(server.count('/forbidden')).toBe(1);
  });

  it('leaves a side alone that fails again and again, in all runs, and asks once when it has rested', async () => {
    const limits = { attempts: 4, breakAfter: 4, restSeconds: 1 };
    await failing(client(limits).json(at('/down-too')));
    const error = await failing(client(limits).json(at('/well')));
    expect(error).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 });
    expect(error.message).toContain('is left alone for 1 seconds');
    expect(server.count('/down-too')).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await client(limits).json(at('/well'))).toEqual({ ok: true });
  });

  it('ends at once when the run ends, whatever it waits for', async () => {
    const run = new AbortController();
    const call = client({ firstRetryMs: 20_000, breakAfter: 100 }, ['127.0.0.1'], run.signal).json(at('/down'));
    const started = Date.now();
    setTimeout(() => run.abort(new Error('over')), 100);
    await expect(call).rejects.toThrow('over');
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('keeps connections, and no more than it may', async () => {
    const one = client({ connections: 2 });
    const from = server.seen.length;
    await Promise.all(Array.from({ length: 20 }, () => one.json(at('/well'))));
    expect(new Set(server.seen.slice(from).map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
  });

  it('leaves the configured time between requests', async () => {
    const one = client({ delayMs: 120 });
    const from = server.seen.length;
    // Not from the first that arrives: a machine that is busy notes it late.
    const started = Date.now();
    for (let at_ = 0; at_ < 3; at_ += 1) await one.json(at('/well'));
    const times = server.seen.slice(from).map(({ at: time }) => time);
    expect(times).toHaveLength(3);
    expect(times[2]! - started).toBeGreaterThanOrEqual(235);
  });
});

describe('what is wrong ends with a sentence', () => {
  const cases: [string, object, RegExp][] = [
    ['/garbage', { attempts: 2 }, /answers something that is no JSON: .* It was tried 2 times/s],
    ['/no-http', { attempts: 2 }, /answers something that is not HTTP/],
    ['/web-page', {}, /answers a web page where JSON was expected/],
    ['/endless', { pageBytes: 1_000_000 }, /answers more than 1,000,000 bytes, which is the limit/],
    ['/silent', { attempts: 1, silentSeconds: 1 }, /does not answer in time/],
    ['/drip', { attempts: 1, pageSeconds: 1 }, /takes longer than 1 seconds for an answer/],
    ['/round', {}, /leads on more than 5 times/],
    ['/nothing', {}, /has nothing there \(404\)/],
  ];
  it.each(cases)('%s', async (path, limits, sentence) => {
    expect((await failing(client({ breakAfter: 100, ...limits }).json(at(path)))).message).toMatch(sentence);
  });

  it('names a host that nobody knows, and one that refuses', async () => {
    expect((await failing(client().json('http://nobody.invalid/'))).message).toMatch(/nobody\.invalid has a name/);
    const gone = await FakeServer.start({});
    await gone.stop();
    expect((await failing(client({ attempts: 2 }).json(gone.origin))).message).toMatch(/refuses connections.*2 times/);
  });
});

describe('addresses that are not public', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://2130706433/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
  ])('%s is refused', async (url) => {
    const error = await failing(client({}, []).json(url));
    expect(error.code).toBe('unprocessable');
    expect(error.message).toMatch(/no address of the public internet.*CONNECTOR_PRIVATE_HOSTS/);
  });

  it('are reached where the settings open them: by address, range or name', async () => {
    for (const opened of ['127.0.0.1', '127.0.0.0/8'])
      expect(await client({}, [opened]).json(at('/well'))).toEqual({ ok: true });
    const named = at('/well').replace('127.0.0.1', 'localhost');
    expect(await client({}, ['localhost']).json(named)).toEqual({ ok: true });
  });

  it('are refused at the end of a redirect, too; a public redirect is followed', async () => {
    expect(await client().json(at('/onward'))).toEqual({ ok: true });
    const port = new URL(server.origin).port;
    for (const to of [
      `http://127.0.0.2:${port}/well`,
      `http://[::ffff:7f00:2]:${port}/well`,
      'http://169.254.169.254/',
    ])
      expect((await failing(client().json(at(`/inward?to=${encodeURIComponent(to)}`)))).message).toMatch(
        /no address of the public internet/,
      );
    const file = await failing(client().json(at('/inward?to=file:///etc/passwd')));
    expect(file.message).toMatch(/which is not followed/);
  });

  it('get no secrets that were meant for another side', async () => {
    const other = await FakeServer.start({ '/well': (_, response) => json(response, {}) }, '127.0.0.2');
    const headers = { authorization: 'Bearer secret' };
    await client({}, ['127.0.0.0/8']).json(at(`/inward?to=${encodeURIComponent(`${other.origin}/well`)}`), { headers });
    expect(server.seen.at(-1)!.headers.authorization).toBe('Bearer secret');
    expect(other.seen[0]!.headers.authorization).toBeUndefined();
    await other.stop();
  });
});
