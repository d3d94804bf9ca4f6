import { expect, it } from 'vitest';
import { SeenBefore } from './seen-before';

/** Spread as hashes are. */
const hash = (at: number): number => Math.imul(at + 1, 0x9e3779b1) | 0;

it.each([10, 32_767, 32_768, 32_769, 100_000])(
  'counts what comes again of %i different entries, never too few',
  (many) => {
    const seen = new SeenBefore();
    const again = (): number => {
      const before = seen.count;
      let told = 0;
      for (let at = 0; at < many; at += 1) if (seen.add(hash(at))) told += 1;
      expect(seen.count - before).toBe(told);
      return told;
    };
    // A few look as if they had been there.
    expect(again()).toBeLessThan(many / 1_000 + 1);
    expect(again()).toBe(many);
  },
);
