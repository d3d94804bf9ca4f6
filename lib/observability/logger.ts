import { pino } from 'pino';
import { env } from '@/lib/env';

const secretPaths = ['password', 'token', 'secret', 'cookie', 'authorization', 'AUTH_SECRET', 'DATABASE_URL'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
);

/** One JSON object a line on stdout; what looks like a secret is struck out. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: { release: env.RELEASE },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: [...secretPaths, '*["set-cookie"]', '*.headers'], censor: '[redacted]' },
});
