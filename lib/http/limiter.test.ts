import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLimiter, memoryLimiter, upstashLimiter } from './limiter';
import type { Policy } from './policies';

const policy: Policy = { name: 'test', quota: 3, windowSeconds: 60, by: 'address', fits: () => true };

/** Speaks Upstash's REST protocol for what a fixed window asks: a script by hash, else by text, that counts a key up. */
class FakeUpstash {
  readonly counts = new Map<string, number>();
  readonly commands: string[] = [];
  mode: 'up' | 'slow' | 'failing' = 'up';
  private readonly known = new Set<string>();
  private server?: Server;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const answer = (status: number, body: object) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        };
        if (request.headers.authorization !== 'Bearer token') return answer(401, { error: 'Unauthorized' });
        if (this.mode === 'slow') return;
        if (this.mode === 'failing') return answer(500, { error: 'ERR down' });
        const body = JSON.parse(Buffer.concat(chunks).toString()) as string[] | string[][];
        if (Array.isArray(body[0]))
          return answer(
            200,
            (body as string[][]).map((command) => this.run(command)),
          );
        const result = this.run(body as string[]);
        answer('error' in result ? 400 : 200, result);
      })();
    });
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private run(command: string[]): { result: [number, number] } | { error: string } {
    const [name = '', script = '', keys = '1', key = ''] = command;
    const [quota = '', , by = '1'] = command.slice(3 + Number(keys));
    this.commands.push(name.toUpperCase());
    if (name.toUpperCase() === 'EVALSHA' && !this.known.has('seen')) return { error: 'NOSCRIPT No matching script.' };
    if (name.toUpperCase() === 'EVAL' && !/INCRBY/i.test(script)) return { error: 'ERR unknown script' };
    this.known.add('seen');
    const count = (this.counts.get(key) ?? 0) + Number(by);
    this.counts.set(key, count);
    return { result: [count, Number(quota)] };
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

let fake: FakeUpstash | undefined;
afterEach(() => fake?.close());

const start = async () => {
  fake = new FakeUpstash();
  return { fake, url: await fake.listen() };
};

describe('in memory', () => {
  it('allows the quota in the window, caller by caller, policy by policy', async () => {
    const limiter = memoryLimiter();
    const verdicts = [];
    for (let request = 0; request < 4; request += 1) verdicts.push(await limiter.consume(policy, 'a'));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0]);
    expect(verdicts[3]?.resetSeconds).toBeGreaterThan(50);
    expect((await limiter.consume(policy, 'b')).allowed).toBe(true);
    expect((await limiter.consume({ ...policy, name: 'other' }, 'a')).allowed).toBe(true);
  });

  it('opens again when the window is over', async () => {
    const limiter = memoryLimiter();
    const short = { ...policy, quota: 1, windowSeconds: 1 };
    await limiter.consume(short, 'a');
    expect((await limiter.consume(short, 'a')).allowed).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await limiter.consume(short, 'a')).allowed).toBe(true);
  });
});

describe('by Upstash', () => {
  it('is chosen where it is set up', async () => {
    const { url } = await start();
    expect(createLimiter({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: 'token' }).backend).toBe('upstash');
    const none = { UPSTASH_REDIS_REST_URL: undefined, UPSTASH_REDIS_REST_TOKEN: undefined };
    expect(createLimiter(none).backend).toBe('memory');
  });

  it('counts what all processes see together', async () => {
    const { fake: server, url } = await start();
    // A machine that is busy takes longer than a request should wait.
    const [one, two] = [upstashLimiter(url, 'token', 10_000), upstashLimiter(url, 'token', 10_000)];
    const verdicts = [];
    for (const limiter of [one, two, one, two]) verdicts.push(await limiter.consume(policy, 'a'));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    expect(verdicts[3]?.resetSeconds).toBeLessThanOrEqual(60);
    expect(server.commands).toContain('EVAL');
    expect([...server.counts.keys()][0]).toContain('brandlens:test');
  });

  it.each(['slow', 'failing'] as const)('counts in memory while it is %s', async (mode) => {
    const { fake: server, url } = await start();
    server.mode = mode;
    const limiter = upstashLimiter(url, 'token');
    const started = Date.now();
    const verdicts = [];
    for (let request = 0; request < 4; request += 1) verdicts.push(await limiter.consume(policy, 'a'));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    expect(Date.now() - started).toBeLessThan(2_500);
    server.mode = 'up';
    expect((await limiter.consume(policy, 'a')).allowed).toBe(true);
    expect(server.counts.size).toBe(1);
  });

  it('counts in memory when nothing listens or the token is wrong', async () => {
    const { url } = await start();
    for (const limiter of [upstashLimiter('http://127.0.0.1:9', 'token'), upstashLimiter(url, 'wrong')]) {
      for (const allowed of [true, true, true, false]) {
        expect((await limiter.consume(policy, 'a')).allowed).toBe(allowed);
      }
    }
  });
});
