import 'server-only';
import type { Instrumentation } from 'next';
import { env } from '@/lib/env';
import { logger } from './logger';

type RequestError = Parameters<Instrumentation.onRequestError>;

/** Sending must never be what fails a request. */
async function send(act: (sentry: typeof import('@sentry/nextjs')) => void): Promise<void> {
  if (!env.SENTRY_DSN) return;
  try {
    act(await import('@sentry/nextjs'));
  } catch (cause) {
    logger.warn({ err: cause }, 'the error could not be sent');
  }
}

/** For what is our fault: logged, and sent to Sentry where a DSN is set. Never for what a client did wrong. */
export async function report(error: unknown, context: { requestId: string; path: string }): Promise<void> {
  logger.error({ ...context, err: error }, 'failed');
  const tags = { requestId: context.requestId, path: context.path };
  await send(({ captureException }) => captureException(error, { tags }));
}

/** The same for a page that failed to render. */
export async function reportRender(...[error, request, context]: RequestError): Promise<void> {
  const requestId = String(request.headers['x-request-id']);
  logger.error({ requestId, path: context.routePath, method: request.method, err: error }, 'a page failed');
  // Its headers and query stay here: they hold the session and what was asked.
  const bare = { ...request, path: request.path.split('?')[0] ?? '', headers: {} };
  await send(({ withScope, captureRequestError }) =>
    withScope((scope) => {
      scope.setTag('requestId', requestId);
      captureRequestError(error, bare, context);
    }),
  );
}
