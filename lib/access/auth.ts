import 'server-only';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import { closedSignUp } from '@/lib/contract/sign-up';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';
import { signingSecret } from './secret';
import { signUpNow } from './sign-up';

const build = () =>
  betterAuth({
    appName: 'Brandlens',
    baseURL: env.APP_URL,
    basePath: '/api/auth',
    secret: signingSecret(env),
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    // Before anything is looked up: a closed sign-up must not tell who has an account.
    hooks: {
      before: createAuthMiddleware(async ({ path }) => {
        if (path.startsWith('/sign-up') && (await signUpNow()) === 'closed') {
          throw new APIError('FORBIDDEN', { code: 'SIGN_UP_CLOSED', message: closedSignUp });
        }
      }),
    },
    // A signed copy of the session in a cookie: most requests then need no look-up in the database.
    session: { cookieCache: { enabled: true, maxAge: 300 } },
    // One policy table limits everything, sign-in included: lib/http/policies.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What a caller did wrong has its answer; the rest is for the route, as on every other.
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error) || error.statusCode >= 500) throw error;
      },
    },
    // Browsers set Host themselves, so an origin equal to it is this site, under whatever name and port it is reached.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      const allowed = env.CORS_ORIGINS.split(',').filter(Boolean);
      return host ? [`http://${host}`, `https://${host}`, ...allowed] : allowed;
    },
    logger: {
      level: 'warn',
      log: (level, message, ...rest) => logger[level === 'error' ? 'error' : 'warn']({ part: 'auth', rest }, message),
    },
  });

type Auth = ReturnType<typeof build>;
const keep = globalThis as { brandlensAuth?: Auth };

/** Built at first use, so that a build of the pages needs no secret. */
export const auth = (): Auth => (keep.brandlensAuth ??= build());
