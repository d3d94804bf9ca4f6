import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { importRules, severities, type ImportRule, type Severity } from './contract/rule-facts';

// The only reader of process.env.

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

/** Ranges are judged here, so that a wrong one does not wait for the first run. */
const isHost = (entry: string): boolean =>
  entry.includes('/')
    ? /^[0-9a-f.:]+\/\d{1,3}$/i.test(entry) && isIP(entry.split('/')[0] ?? '') > 0
    : /^[\w.:-]+$/.test(entry);

function readFolder(entry: string): { slug: string | null; path: string } {
  const [, slug, path] = /^([\w-]+)=(.*)$/.exec(entry) ?? [];
  return { slug: slug ?? null, path: path ?? entry };
}

export interface RuleSetting {
  threshold?: number;
  severity?: Severity;
}

/** "outliers=20, future_dates=error, drift=0.3:error": a threshold, a severity, or both. */
function readRules(text: string, context: z.RefinementCtx): Partial<Record<ImportRule, RuleSetting>> {
  const rules: Partial<Record<ImportRule, RuleSetting>> = {};
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [, name, number, , word] = /^(\w+)=(\d+(?:\.\d+)?)?(:?([a-z]+))?$/.exec(part) ?? [];
    const rule = importRules.find((known) => known === name);
    const severity = severities.find((known) => known === word);
    if (!rule || (number === undefined && !severity) || (word !== undefined && !severity)) {
      const [names, words] = [importRules.join(', '), severities.join(', ')];
      context.addIssue(
        `"${part}" is none of RULE=THRESHOLD, RULE=SEVERITY, RULE=THRESHOLD:SEVERITY (${names}; ${words})`,
      );
      continue;
    }
    rules[rule] = { ...(number !== undefined && { threshold: Number(number) }), ...(severity && { severity }) };
  }
  return rules;
}

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.string().default('postgres://postgres@127.0.0.1:5432/brandlens'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** Milliseconds to wait for a connection before giving up. */
  DATABASE_ACQUIRE_TIMEOUT: z.coerce.number().int().default(5_000),
  /** Milliseconds after which a page's statement is cancelled. */
  DATABASE_STATEMENT_TIMEOUT: z.coerce.number().int().default(15_000),
  /** How much of the packed rollups a process keeps unpacked in memory. */
  PACKED_MEMORY_MB: z.coerce.number().int().min(1).default(256),
  /** Where the commands keep what they make: the embedded database, the demo. */
  BRANDLENS_DATA: z.string().default('data'),
  /** Where received files are kept; left out, in BRANDLENS_DATA. */
  DATA_DIR: z.string().optional(),
  MAX_UPLOAD_BYTES: z.coerce.number().int().default(2_000_000_000),
  /** What a compressed file may hold, and how many times its own size once that is more than 10 MB. */
  MAX_UNPACKED_BYTES: z.coerce.number().int().min(1).default(20_000_000_000),
  MAX_UNPACKED_RATIO: z.coerce.number().min(1).default(300),
  /** The longest line of a file, and the longest record of a JSON file. */
  MAX_LINE_BYTES: z.coerce.number().int().min(1).default(1_000_000),
  /** Up to this size a file that is to be unpacked or converted is read while its upload is answered, a larger one by a job; text in gzip up to ten times the size. */
  READ_AT_ONCE_BYTES: z.coerce.number().int().min(0).default(2_000_000),
  MAX_COLUMNS: z.coerce.number().int().min(1).default(2_000),
  /** Milliseconds that a row group of a Parquet file may take: a damaged one can take for ever. */
  PARQUET_TIMEOUT: z.coerce.number().int().min(1).default(120_000),
  /** How much of a file is staged between two checkpoints: so much at most is read again after a break. */
  IMPORT_CHUNK_BYTES: z.coerce.number().int().min(1_000).default(4_000_000),
  /** What DuckDB may hold in memory while rollups are made; the rest waits on the disk. */
  IMPORT_COLUMNS_MEMORY: z.coerce.number().int().min(50_000_000).default(256_000_000),
  /** How the rules of a check differ from what they are by default. */
  IMPORT_RULES: z.string().default('').transform(readRules),
  AUTH_SECRET: z.string().optional(),
  /** Who may make an account: anybody; whoever comes while there is no user; nobody. */
  SIGN_UP: z.enum(['open', 'first', 'closed']).optional(),
  /** Public address, for sign-in cookies and links. */
  APP_URL: z.string().default('http://localhost:3000'),
  UPSTASH_REDIS_REST_URL: z.string().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  /** Proxies in front whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  CORS_ORIGINS: z.string().default(''),
  SENTRY_DSN: z.string().optional(),
  NEXT_PUBLIC_SENTRY_DSN: z.string().optional(),
  /** Who shows it may read /api/metrics from elsewhere. */
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RELEASE: z.string().default('dev'),
  /** "web": jobs run in the web process; "off": a worker runs them. */
  JOBS: z.enum(['web', 'off']).default('web'),
  /** Addresses, ranges or names of this side's own network that connectors may reach, separated by commas. */
  CONNECTOR_PRIVATE_HOSTS: list.refine(
    (hosts) => hosts.every(isHost),
    'names, addresses or ranges such as 10.1.0.0/16',
  ),
  /** Folders that connectors may read, separated by commas; "SLUG=/folder" opens one to that workspace alone. */
  CONNECTOR_FOLDERS: list
    .transform((entries) => entries.map(readFolder))
    .refine((folders) => folders.every(({ path }) => isAbsolute(path)), 'absolute paths, or SLUG=/path'),
});

// The built server runs in .next/standalone: there, too, what is relative is meant from the project's folder.
const root = process.cwd().replace(/[\\/]\.next[\\/]standalone$/, '');

const settings = schema.transform(({ BRANDLENS_DATA, DATA_DIR, SIGN_UP, ...given }) => ({
  ...given,
  DATA_DIR: resolve(/* turbopackIgnore: true */ root, DATA_DIR ?? join(BRANDLENS_DATA, 'files')),
  SIGN_UP: SIGN_UP ?? (given.NODE_ENV === 'production' ? 'first' : 'open'),
}));

export type Env = z.output<typeof settings>;

export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Settings are wrong. ${faults.join('; ')}`);
  }
  return parsed.data;
}

export const env = readEnv(process.env);
