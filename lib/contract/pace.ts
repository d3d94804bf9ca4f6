interface Pace {
  stage: string;
  unit?: 'months' | undefined;
  rate?: number | null | undefined;
  secondsLeft?: number | null | undefined;
}

/** Others count bytes or characters. */
const countsRows = new Set(['reading', 'resuming', 'converting', 'lines', 'rollups']);

function left(seconds: number): string {
  if (seconds < 60) return `${seconds} s left`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min left`;
  return `${(seconds / 3_600).toFixed(1)} h left`;
}

/** How fast a job is and how long it takes yet, in words; empty while nothing is known. */
export function paceText({ stage, unit, rate, secondsLeft }: Pace): string {
  const pace = rate && countsRows.has(stage) ? rateText(rate, unit) : '';
  const time = typeof secondsLeft === 'number' ? `about ${left(secondsLeft)}` : '';
  return [pace, time].filter(Boolean).join(', ');
}

/** Months of many lines take minutes. */
function rateText(rate: number, unit: Pace['unit']): string {
  if (unit !== 'months') return `${Math.round(rate).toLocaleString('en-US')} rows/s`;
  return `${(rate * 60).toLocaleString('en-US', { maximumFractionDigits: rate < 0.5 ? 1 : 0 })} months/min`;
}
