import { Writable } from 'node:stream';
import { Client } from 'pg';

export type Spent = Map<string, number>;

/** What a statement is counted under: the table that it writes. */
function targetOf(text: string): string {
  const [, verb = '', table = ''] =
    /^\s*(INSERT INTO|CREATE TEMP TABLE|DELETE FROM|UPDATE|COPY|ANALYZE|VACUUM)\b\s*(?:\([^)]*\)\s*)?([\w"]*)/i.exec(
      text,
    ) ?? [];
  if (!verb) return 'other statements';
  if (/analyze|vacuum/i.test(verb)) return verb.toUpperCase();
  return table ? `${verb} ${table}` : verb;
}

/** Rows on their way into a table. */
const isCopy = (asked: unknown): asked is Writable & { text: string } =>
  asked instanceof Writable && 'text' in asked && typeof asked.text === 'string';

/** Adds up the seconds of each statement sent over `pg`, by what it writes, until stopped. */
export function timeStatements(): { spent: Spent; stop(): void } {
  const spent: Spent = new Map();
  const prototype = Client.prototype as { query: (...args: unknown[]) => unknown };
  const query = prototype.query;
  prototype.query = function timed(this: Client, ...args: unknown[]): unknown {
    const started = performance.now();
    const answer = query.apply(this, args);
    const [text] = args;
    const note = (statement: string): void => {
      const target = targetOf(statement);
      spent.set(target, (spent.get(target) ?? 0) + (performance.now() - started) / 1000);
    };
    if (typeof text === 'string' && answer instanceof Promise) {
      const done = (): void => note(text);
      answer.then(done, done);
    } else if (isCopy(text)) text.once('finish', () => note(text.text));
    return answer;
  };
  return {
    spent,
    stop: () => {
      prototype.query = query;
    },
  };
}
