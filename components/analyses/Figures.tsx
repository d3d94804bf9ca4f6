import tiles from '@/components/metrics/KpiTile.module.css';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { written } from './rows';

/** The single numbers that sum an analysis up. */
export function Figures({ response: { figures, meta } }: { response: AnalysisResponse }) {
  if (figures.length === 0) return null;
  return (
    <div className={tiles.row}>
      {figures.map(({ id, label, value, unit, note }) => {
        const full = written(unit, value, { currency: meta.currency });
        const short = written(unit, value, { currency: meta.currency, compact: true });
        return (
          <div key={id} className={tiles.tile}>
            <span className={tiles.label}>{label}</span>
            <span className={tiles.value} title={short === full ? undefined : full}>
              {short}
            </span>
            {note && <span className={tiles.quiet}>{note}</span>}
          </div>
        );
      })}
    </div>
  );
}
