import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PoolClient } from 'pg';
import { Turns } from './turns';

/** Milliseconds. */
const INTERRUPT_EVERY = 20;

/** What the workers of a store have in common: the connection that they send over, the folder, and how all of it ends. */
export class Common {
  readonly turns = new Turns();
  private files = 0;
  private readonly connections: DuckDBConnection[] = [];
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    readonly client: PoolClient,
    private readonly folder: string,
    private readonly instance: DuckDBInstance,
  ) {}

  async connect(): Promise<DuckDBConnection> {
    const connection = await this.during(() => this.instance.connect());
    this.connections.push(connection);
    return connection;
  }

  async during<T>(statement: () => Promise<T>): Promise<T> {
    this.turns.refuse();
    const one = statement();
    this.running.add(one);
    try {
      return await one;
    } finally {
      this.running.delete(one);
    }
  }

  nextFile(): string {
    this.files += 1;
    return join(/* turbopackIgnore: true */ this.folder, `${this.files}.csv`);
  }

  /** Ends what is under way, on either side: PostgreSQL's connection is somebody else's afterwards. */
  async stop(): Promise<void> {
    this.turns.stop();
    // A statement that was asked for, and has not begun, does not feel the interruption: hence again and again.
    while (this.running.size > 0) {
      for (const connection of this.connections) connection.interrupt();
      await Promise.race([Promise.allSettled(this.running), wait(INTERRUPT_EVERY)]);
    }
    await this.turns.settled();
  }

  /** Closed under a statement, a connection never answers it, and the process never ends. */
  async end(): Promise<void> {
    await this.stop();
    for (const connection of this.connections) connection.closeSync();
  }
}
