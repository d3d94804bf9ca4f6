import { z } from 'zod';

const whole = (least: number, most: number) =>
  z
    .int(`a whole number from ${least} to ${most}`)
    .min(least, `from ${least} to ${most}`)
    .max(most, `from ${least} to ${most}`);

/** What a connector may take of the other side and of this one: how fast, how long, how much. */
export const connectorLimits = z.strictObject({
  /** Connections kept open to the other side. */
  connections: whole(1, 16).default(4),
  /** Milliseconds from one request to the next. What the other side answers with 429 slows down further by itself. */
  delayMs: whole(0, 60_000).default(0),
  /** Products or rows asked for with one request, where the other side lets one choose. */
  batchSize: whole(1, 250).default(250),
  /** Seconds without a byte, after which a connection is given up. */
  silentSeconds: whole(1, 600).default(30),
  /** Seconds for one page as a whole; a file may take as long as the run. */
  pageSeconds: whole(1, 3_600).default(120),
  /** Tries of one request. */
  attempts: whole(1, 10).default(5),
  /** Milliseconds before the first retry; later ones wait longer, by chance. */
  firstRetryMs: whole(1, 60_000).default(300),
  /** Retries of a whole run. */
  retries: whole(0, 10_000).default(200),
  /** The longest that a run waits because the other side asks for it (Retry-After); beyond, it goes on later. */
  waitSeconds: whole(1, 3_600).default(120),
  /** Failures in a row after which the other side is left alone… */
  breakAfter: whole(1, 100).default(10),
  /** …for so many seconds. */
  restSeconds: whole(1, 3_600).default(60),
  /** Bytes of one page. */
  pageBytes: whole(1_000, 256_000_000).default(32_000_000),
  /** Pages of one walk. */
  pages: whole(1, 1_000_000).default(50_000),
  /** Seconds of a run. What it has gathered by then is kept, and the next run goes on. */
  runSeconds: whole(5, 36_000).default(3_600),
});
export type ConnectorLimits = z.output<typeof connectorLimits>;
