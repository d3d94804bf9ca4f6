/** Text of an axis. */
export const tick = { fontSize: 11, fill: 'var(--ink-3)' } as const;

/** Room for the widest label, so that nothing is cut and nothing wasted. */
export const axisWidth = (widest: string): number => Math.max(34, Math.ceil(widest.length * 6.6) + 12);
