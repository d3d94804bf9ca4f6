import type { Catalogue, Slot } from './catalogue';
import { dayOf, weekOf } from './calendar';
import { regionNames } from './names';

// What happens to brands on the way. All of it falls into 2025, so that 2024 is the undisturbed base.

export interface BrandEvent {
  kind: 'launch' | 'delisting' | 'price rise' | 'distribution loss';
  slot: number;
  /** Launch, price rise: the first day. Distribution loss, delisting: the first day without the brand. A Monday. */
  date: string;
  week: number;
  /** Distribution loss: the region that the brand leaves. */
  region: number | null;
  /** Price rise: new over old price. */
  priceFactor: number;
  /** How the brand's weight in the choice changes for good. */
  choiceFactor: number;
  /** Launch: weeks until the brand has its full weight, rising in equal steps. */
  rampWeeks: number;
}

export function buildEvents({ slotRange, slots }: Catalogue): BrandEvent[] {
  const at = (market: number, rank: number): Slot => slots[slotRange[market]!.from + rank]!;
  const event = (kind: BrandEvent['kind'], slot: Slot, date: string, more: Partial<BrandEvent> = {}): BrandEvent => ({
    kind,
    slot: slot.index,
    date,
    week: weekOf(dayOf(date)),
    region: null,
    priceFactor: 1,
    choiceFactor: 1,
    rampWeeks: 0,
    ...more,
  });
  return [
    event('launch', at(4, 3), '2025-02-03', { rampWeeks: 12 }),
    // 12 % dearer at an elasticity of -1.2.
    event('price rise', at(0, 0), '2025-03-03', { priceFactor: 1.12, choiceFactor: 0.873 }),
    event('distribution loss', at(2, 2), '2025-04-28', { region: regionNames.indexOf('Southvale') }),
    event('delisting', at(1, 4), '2025-06-30'),
  ];
}

/** What multiplies a brand's weight in a week and region. */
export function choiceFactor(event: BrandEvent, week: number, region: number): number {
  const since = week - event.week;
  switch (event.kind) {
    case 'launch':
      return since < 0 ? 0 : Math.min(1, (since + 1) / event.rampWeeks);
    case 'delisting':
      return since < 0 ? 1 : 0;
    case 'distribution loss':
      return since < 0 || region !== event.region ? 1 : 0;
    case 'price rise':
      return since < 0 ? 1 : event.choiceFactor;
  }
}

export const priceFactor = (event: BrandEvent, week: number): number => (week < event.week ? 1 : event.priceFactor);
