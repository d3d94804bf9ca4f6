import type { PeriodNames } from '@/lib/metrics/format-date';

/** Text of an axis. */
export const tick = { fontSize: 11, fill: 'var(--ink-3)' } as const;

/** An axis of periods, by their short names. */
export const periodAxis = (name: PeriodNames) =>
  ({
    dataKey: 'period',
    tick,
    tickLine: false,
    axisLine: { stroke: 'var(--line-strong)' },
    tickFormatter: (period: string) => name(period, true),
    minTickGap: 28,
    height: 24,
    tickMargin: 6,
  }) as const;

/** Room for the widest label, so that nothing is cut and nothing wasted. */
export const axisWidth = (widest: string): number => Math.max(34, Math.ceil(widest.length * 6.6) + 12);

/** Round marks that hold the values, in steps of 1, 2 or 5: four to seven of them. */
export function roundMarks(low: number, high: number): number[] {
  const rough = (high - low || Math.abs(high) || 5) / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * ([1, 2, 5].find((times) => times * size >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  // 3 × 0.2 is not 0.6 in binary.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** An axis of these marks and no others. */
export const markedBy = (marks: number[]): { ticks: number[]; domain: [number, number]; interval: 0 } => ({
  ticks: marks,
  domain: [marks[0] ?? 0, marks.at(-1) ?? 1],
  interval: 0,
});
