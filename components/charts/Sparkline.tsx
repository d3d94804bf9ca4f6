interface Props {
  values: readonly (number | null | undefined)[];
  width?: number;
  height?: number;
  colour?: string;
  /** Says in words what the line shows. */
  label: string;
  /** Stretches to the width it is given. */
  fluid?: boolean;
}

/** A line without axes: the shape of a series beside its number. Gaps stay gaps. */
export function Sparkline({ values, width = 96, height = 28, colour = 'var(--accent)', label, fluid = false }: Props) {
  const known = values.filter((value): value is number => typeof value === 'number');
  if (known.length < 2) return <span style={{ display: 'inline-block', width: fluid ? '100%' : width, height }} />;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const pad = 3;
  const x = (index: number) => pad + (index * (width - 2 * pad)) / (values.length - 1);
  const y = (value: number) => height - pad - ((value - low) / span) * (height - 2 * pad);
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (typeof value !== 'number') {
      pen = 'M';
      return;
    }
    path += `${pen}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
    pen = 'L';
  });
  return (
    <svg
      role="img"
      aria-label={label}
      width={fluid ? '100%' : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={fluid ? 'none' : 'xMidYMid meet'}
      style={{ display: 'block' }}
    >
      <path
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
