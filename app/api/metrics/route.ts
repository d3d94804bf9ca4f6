import { metricsText } from '@/lib/observability/metrics';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return new Response(metricsText(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
}
