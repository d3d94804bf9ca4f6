/** Values by row and period, each of which may be null. */
export class Table<T> {
  private readonly rows = new Map<string | null, Map<string | null, T>>();

  get(key: string | null, period: string | null): T | undefined {
    return this.rows.get(key)?.get(period);
  }

  set(key: string | null, period: string | null, value: T): void {
    let periods = this.rows.get(key);
    if (!periods) this.rows.set(key, (periods = new Map<string | null, T>()));
    periods.set(period, value);
  }

  *[Symbol.iterator](): Iterator<{ key: string | null; period: string | null; value: T }> {
    for (const [key, periods] of this.rows) for (const [period, value] of periods) yield { key, period, value };
  }
}
