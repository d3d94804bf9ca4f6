import classes from './Chart.module.css';

export interface LegendItem {
  label: string;
  colour: string;
  dashed?: boolean;
}

export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className={classes.legend}>
      {items.map(({ label, colour, dashed }) => (
        <li key={label} className={classes.legendItem}>
          <span className={classes.swatch} data-dashed={dashed || undefined} style={{ color: colour }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
