import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createBreaker, guarded } from '@/lib/db/breaker';
import { SourceDown } from '@/lib/db/fault';
import { keyOf } from './key';
import { through } from './through';
import { memoryTier } from './tier';

/** A source of which a test says what version it has, whether it is up, and when it answers. */
class Source {
  version = 1;
  groups = 0;
  up = true;
  loads = 0;
  gate: Promise<void> = Promise.resolve();
  readonly tier = memoryTier();
  readonly what = randomUUID();
  readonly breaker = createBreaker(50);

  ask(minVersion?: number, groups = false) {
    return through(
      {
        workspaceId: 1,
        what: this.what,
        minVersion,
        groups,
        load: async () => {
          this.loads += 1;
          const dataVersion = this.version;
          await this.gate;
          if (!this.up) throw new SourceDown('down');
          return { data: `numbers of ${dataVersion}`, dataVersion };
        },
      },
      {
        tier: this.tier,
        version: () => Promise.resolve(this.up ? { data: this.version, groups: this.groups } : null),
        guard: (read) => guarded(read, this.breaker),
      },
    );
  }

  /** Holds loads back until the answer is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.gate = new Promise((resolve) => (release = resolve));
    return release;
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

let source: Source;
beforeEach(() => {
  source = new Source();
});

describe('stale while revalidating', () => {
  it('loads once, then answers from what it has while the version stands', async () => {
    expect(await source.ask()).toMatchObject({ data: 'numbers of 1', cache: { state: 'miss' } });
    expect(await source.ask()).toMatchObject({ data: 'numbers of 1', dataVersion: 1, cache: { state: 'fresh' } });
    expect(source.loads).toBe(1);
  });

  it('serves the older version at once, marked, and refreshes behind, once for all', async () => {
    await source.ask();
    source.version = 2;
    const release = source.hold();
    const answers = await Promise.all(Array.from({ length: 20 }, () => source.ask()));
    for (const { data, cache } of answers) {
      expect(data).toBe('numbers of 1');
      expect(cache).toMatchObject({ state: 'stale', reason: 'refreshing' });
    }
    expect(source.loads).toBe(2);
    release();
    await settle();
    expect(await source.ask()).toMatchObject({ data: 'numbers of 2', cache: { state: 'fresh' } });
    expect(source.loads).toBe(2);
  });

  it('loads once for all who find nothing', async () => {
    const release = source.hold();
    const asked = Promise.all(Array.from({ length: 20 }, () => source.ask()));
    await settle();
    release();
    expect(new Set((await asked).map(({ data }) => data))).toEqual(new Set(['numbers of 1']));
    expect(source.loads).toBe(1);
  });

  it('gives whoever asks for a version no older one', async () => {
    await source.ask();
    source.version = 2;
    expect(await source.ask(2)).toMatchObject({ data: 'numbers of 2', cache: { state: 'miss' } });
    await expect(source.ask(3)).rejects.toMatchObject({ code: 'unprocessable', details: [{ field: 'minVersion' }] });
  });

  it('gives whoever asks about custom groups no answer from before one changed', async () => {
    await source.ask(undefined, true);
    source.version = 2;
    expect(await source.ask(undefined, true)).toMatchObject({ cache: { state: 'stale' } });
    await settle();
    source.version = 3;
    source.groups = 3;
    expect(await source.ask()).toMatchObject({ data: 'numbers of 2', cache: { state: 'stale' } });
    await settle();
    source.version = 4;
    source.groups = 4;
    expect(await source.ask(undefined, true)).toMatchObject({ data: 'numbers of 4', cache: { state: 'miss' } });
  });

  it('does not hand a load that began before the publish to whoever asks for the version after it', async () => {
    const release = source.hold();
    const before = source.ask();
    await settle();
    source.version = 2;
    const after = source.ask(2);
    release();
    expect((await before).data).toBe('numbers of 1');
    expect((await after).data).toBe('numbers of 2');
  });
});

describe('when the source is down', () => {
  it('serves the last good answer with its age and says why', async () => {
    await source.ask();
    source.up = false;
    const { data, cache } = await source.ask();
    expect(data).toBe('numbers of 1');
    expect(cache).toMatchObject({ state: 'stale', reason: 'source unavailable', ageSeconds: 0 });
    expect(Date.parse(cache.generatedAt)).toBeGreaterThan(Date.now() - 5_000);
  });

  it('fails where there is no last good answer, and not by serving something older than asked for', async () => {
    source.up = false;
    await expect(source.ask()).rejects.toBeInstanceOf(SourceDown);
    source.up = true;
    await source.ask();
    source.up = false;
    await expect(source.ask(2)).rejects.toBeInstanceOf(SourceDown);
  });

  it('leaves the source alone after three failures, and comes back', async () => {
    source.up = false;
    for (let tries = 0; tries < 6; tries += 1) await expect(source.ask()).rejects.toBeInstanceOf(SourceDown);
    expect(source.loads).toBe(3);
    source.up = true;
    await expect(source.ask()).rejects.toBeInstanceOf(SourceDown);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await source.ask()).data).toBe('numbers of 1');
  });
});

describe('the key', () => {
  it('is the same for the same question, and another for another workspace, release or question', () => {
    const key = keyOf('r1', 1, { a: 1, b: { c: [1, 2], d: undefined } });
    expect(keyOf('r1', 1, { b: { c: [1, 2] }, a: 1 })).toBe(key);
    const others = [
      keyOf('r1', 2, { a: 1 }),
      keyOf('r2', 1, { a: 1 }),
      keyOf('r1', 1, { a: 2 }),
      keyOf('r1', 1, { a: 1 }),
    ];
    expect(new Set([...others, key]).size).toBe(5);
  });
});
