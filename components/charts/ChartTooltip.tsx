import classes from './Chart.module.css';

export interface TipLine {
  label: string;
  text: string;
  colour?: string;
  dashed?: boolean;
}

export function ChartTooltip({ title, lines, note }: { title: string; lines: TipLine[]; note?: string | undefined }) {
  return (
    <div className={classes.tip}>
      <div className={classes.tipTitle}>{title}</div>
      {lines.map(({ label, text, colour, dashed }) => (
        <div key={label} className={classes.tipLine}>
          {colour && <span className={classes.swatch} data-dashed={dashed || undefined} style={{ color: colour }} />}
          <span className={classes.tipLabel}>{label}</span>
          <span className={classes.tipValue}>{text}</span>
        </div>
      ))}
      {note && <div className={classes.tipNote}>{note}</div>}
    </div>
  );
}
