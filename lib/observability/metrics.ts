// Counts and times of requests, in the text format of Prometheus.

const bounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;

interface Series {
  labels: string;
  buckets: number[];
  count: number;
  sum: number;
}

const keep = globalThis as { brandlensSeries?: Map<string, Series> };
const series = (keep.brandlensSeries ??= new Map());

/** Counts one answered request. Paths are templates, so the number of series is bounded. */
export function observe(method: string, path: string, status: number, ms: number): void {
  const labels = `method="${method}",path="${path}",status="${status}"`;
  const one = series.get(labels) ?? { labels, buckets: bounds.map(() => 0), count: 0, sum: 0 };
  series.set(labels, one);
  one.count += 1;
  one.sum += ms;
  for (const [index, bound] of bounds.entries()) if (ms <= bound) one.buckets[index] = (one.buckets[index] ?? 0) + 1;
}

export function metricsText(): string {
  const name = 'brandlens_http_request_duration_milliseconds';
  const lines = [`# HELP ${name} Time to answer a request.`, `# TYPE ${name} histogram`];
  for (const { labels, buckets, count, sum } of series.values()) {
    for (const [index, bound] of bounds.entries())
      lines.push(`${name}_bucket{${labels},le="${bound}"} ${buckets[index]}`);
    lines.push(
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${sum}`,
      `${name}_count{${labels}} ${count}`,
    );
  }
  const memory = process.memoryUsage();
  lines.push('# TYPE process_resident_memory_bytes gauge', `process_resident_memory_bytes ${memory.rss}`);
  lines.push('# TYPE nodejs_heap_size_used_bytes gauge', `nodejs_heap_size_used_bytes ${memory.heapUsed}`, '');
  return lines.join('\n');
}
