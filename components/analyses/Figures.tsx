import tiles from '@/components/metrics/KpiTile.module.css';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { NumberLink } from '@/components/ui/NumberLink';
import { written } from './rows';
import type { Address } from './use-numbers';

/** The single numbers that sum an analysis up. */
export function Figures({ response: { figures, meta }, address }: { response: AnalysisResponse; address: Address }) {
  if (figures.length === 0) return null;
  return (
    <div className={tiles.row}>
      {figures.map(({ id, label, value, unit, note, opens, baskets }) => {
        const full = written(unit, value, { currency: meta.currency });
        const short = written(unit, value, { currency: meta.currency, compact: true });
        const place = baskets ? { baskets, of: label } : opens ? { figure: id } : null;
        const href = place && value ? address(place) : null;
        return (
          <div key={id} className={tiles.tile}>
            <span className={tiles.label}>{label}</span>
            <span className={tiles.value} title={short === full ? undefined : full}>
              {href ? <NumberLink href={href}>{short}</NumberLink> : short}
            </span>
            {note && <span className={tiles.quiet}>{note}</span>}
          </div>
        );
      })}
    </div>
  );
}
