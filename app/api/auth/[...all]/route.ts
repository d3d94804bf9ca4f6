import { toNextJsHandler } from 'better-auth/next-js';
import { auth } from '@/lib/access/auth';
import { forgetSession } from '@/lib/access/session';
import { fail } from '@/lib/http/fail';
import { requestIdOf } from '@/lib/http/request-id';

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/sign-out')) forgetSession(request.headers);
  try {
    return await toNextJsHandler(auth())[request.method === 'GET' ? 'GET' : 'POST'](request);
  } catch (error) {
    return fail(error, { requestId: requestIdOf(request.headers), path: pathname });
  }
}

export { answer as GET, answer as POST };
