/**
 * Work on one connection of PostgreSQL, which takes one statement at a time: in the order in which it was asked for. When one
 * fails its transaction can only be rolled back, and nothing more is begun.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private readonly over = new AbortController();

  take<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => {
      this.refuse();
      return work(this.over.signal);
    });
    this.last = turn.catch((error: Error) => this.stop(error));
    return turn;
  }

  /** What is under way is broken off, what waits is not begun: both fail for the first reason that was given. */
  stop(reason = new Error('The work beside it broke off.')): void {
    this.over.abort(reason);
  }

  refuse(): void {
    this.over.signal.throwIfAborted();
  }

  /** Until the connection is free. */
  async settled(): Promise<void> {
    await this.last;
  }
}
