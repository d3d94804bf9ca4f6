import { env } from '@/lib/env';
import { openApiDocument } from '@/lib/http/openapi';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(openApiDocument(env.APP_URL), { headers: { 'cache-control': 'public, max-age=300' } });
}
