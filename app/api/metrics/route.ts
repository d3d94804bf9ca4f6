import { env } from '@/lib/env';
import { fail } from '@/lib/http/fail';
import { permitMetrics } from '@/lib/http/permit-metrics';
import { requestIdOf } from '@/lib/http/request-id';
import { metricsText } from '@/lib/observability/metrics';

export const dynamic = 'force-dynamic';

export async function GET({ headers }: Request): Promise<Response> {
  try {
    permitMetrics(headers, env.METRICS_TOKEN);
  } catch (error) {
    return fail(error, { requestId: requestIdOf(headers), path: '/api/metrics' });
  }
  return new Response(metricsText(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
}
