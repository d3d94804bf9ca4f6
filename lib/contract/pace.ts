interface Pace {
  stage: string;
  rate?: number | null | undefined;
  secondsLeft?: number | null | undefined;
}

const countsRows = new Set(['reading', 'resuming', 'converting']);

function left(seconds: number): string {
  if (seconds < 60) return `${seconds} s left`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min left`;
  return `${(seconds / 3_600).toFixed(1)} h left`;
}

/** How fast a job is and how long it takes yet, in words; empty while nothing is known. */
export function paceText({ stage, rate, secondsLeft }: Pace): string {
  const rows = rate && countsRows.has(stage) ? `${Math.round(rate).toLocaleString('en-US')} rows/s` : '';
  const time = typeof secondsLeft === 'number' ? `about ${left(secondsLeft)}` : '';
  return [rows, time].filter(Boolean).join(', ');
}
