import { toNextJsHandler } from 'better-auth/next-js';
import { auth } from '@/lib/access/auth';
import { forgetSession } from '@/lib/access/session';

export function GET(request: Request): Promise<Response> {
  return toNextJsHandler(auth()).GET(request);
}

export function POST(request: Request): Promise<Response> {
  if (new URL(request.url).pathname.endsWith('/sign-out')) forgetSession(request.headers);
  return toNextJsHandler(auth()).POST(request);
}
