import 'server-only';
import { env } from '@/lib/env';

// What may leave for Sentry: the error, its stack and the request id. Nothing of the shoppers, the users or the queries.
export const restricted = {
  dataCollection: {
    userInfo: false,
    cookies: false,
    httpHeaders: false,
    httpBodies: [],
    urlQueryParams: false,
    genAI: { inputs: false, outputs: false },
    graphQL: { document: false, variables: false },
    databaseQueryData: false,
    queues: false,
    stackFrameVariables: false,
  },
  tracesSampleRate: 0,
};

/** Starts error reports where a DSN is set. */
export async function startSentry(): Promise<void> {
  if (!env.SENTRY_DSN) return;
  const { init } = await import('@sentry/nextjs');
  init({ dsn: env.SENTRY_DSN, release: env.RELEASE, environment: env.NODE_ENV, ...restricted });
}

export async function flushSentry(): Promise<void> {
  if (!env.SENTRY_DSN) return;
  const { flush } = await import('@sentry/nextjs');
  await flush(2_000);
}
