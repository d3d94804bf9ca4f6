import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';

const slowest = 30_000;
const firstStep = 200;

/** How fast requests follow each other: as configured, slower after a 429, and little by little faster again. */
export class Pace {
  private interval: number;
  private free = 0;
  /** Milliseconds spent waiting. */
  waited = 0;

  constructor(private readonly configured: number) {
    this.interval = configured;
  }

  /** Waits for the next turn. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const at = Math.max(now, this.free);
    this.free = at + this.interval;
    if (at === now) return;
    this.waited += at - now;
    await wait(at - now, undefined, { signal });
  }

  /** The other side has said that it is too much, and perhaps when to come back. */
  slow(afterMs: number): void {
    this.interval = Math.min(slowest, Math.max(this.interval * 2, firstStep));
    this.free = Math.max(this.free, Date.now() + afterMs);
  }

  well(): void {
    const next = this.interval * 0.9;
    this.interval = next - this.configured < 10 ? this.configured : next;
  }
}
