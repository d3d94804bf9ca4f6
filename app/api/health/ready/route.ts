import { readiness } from '@/lib/http/readiness';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const ready = await readiness();
  const headers = { 'cache-control': 'no-store', ...(ready.status !== 'ok' && { 'retry-after': '5' }) };
  return Response.json(ready, { status: ready.status === 'ok' ? 200 : 503, headers });
}
