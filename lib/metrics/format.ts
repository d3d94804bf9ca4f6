import { metricOf, type MetricId, type Unit } from './catalog';

// Numbers as people read them. One locale everywhere: the server's text and the browser's must be the same.

const locale = 'en-US';
export const none = 'n/a';
const minus = '−';

export interface NumberStyle {
  currency?: string;
  /** Three digits and K, M or B: for tiles and axes. */
  compact?: boolean;
  /** Of what stands beside the value: where compact, all of them have as many decimals as it has. */
  largest?: number;
  /** "kg" or "l". */
  volumeUnit?: string | undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

function intl(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

const written = (value: number, options: Intl.NumberFormatOptions): string =>
  intl(options)
    // A number that rounds to zero carries no sign.
    .format(Object.is(value, -0) ? 0 : value)
    .replace('-', minus);

// Always three digits, so that those under one another compare at a glance.
const shortened = { notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 } as const;
const isShort = (value: number, compact?: boolean): boolean => compact === true && Math.abs(value) >= 10_000;

function money(value: number, { currency = 'USD', compact }: NumberStyle, digits?: number): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', signDisplay: 'negative' } as const;
  if (isShort(value, compact)) return written(value, { ...style, ...shortened });
  if (digits === undefined) return written(value, style);
  return written(value, { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const plain = (value: number, digits: number, least = 0): string =>
  written(value, { minimumFractionDigits: least, maximumFractionDigits: digits, signDisplay: 'negative' });

/** So many decimals of points are shown: changes of a share are small. */
export const pointDigits = 2;

/** A value in its unit; "n/a" where there is none. */
export function formatUnit(unit: Unit, value: number | null | undefined, style: NumberStyle = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  switch (unit) {
    case 'money':
      return money(value, style, style.compact && Math.abs(style.largest ?? value) >= 100 ? 0 : undefined);
    case 'moneyPerUnit':
      return money(value, style);
    case 'percent':
      return `${plain(value, 1, 1)}%`;
    case 'points':
      return `${plain(value, pointDigits, pointDigits)} pts`;
    case 'ratio':
      return plain(value, 2, 2);
    case 'index':
      return plain(value, 0);
    case 'count':
      return isShort(value, style.compact) ? written(value, shortened) : plain(value, 0);
    case 'units':
      return isShort(value, style.compact) ? written(value, shortened) : plain(value, style.compact ? 0 : 3);
    case 'volume': {
      const number = isShort(value, style.compact) ? written(value, shortened) : plain(value, style.compact ? 0 : 3);
      return style.volumeUnit ? `${number} ${style.volumeUnit}` : number;
    }
  }
}

/** Money to its last decimal (four at most): control totals are compared, not read. */
export const formatAmount = (value: number | null | undefined, currency: string): string =>
  value === null || value === undefined
    ? none
    : written(value, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 4,
        signDisplay: 'negative',
      });

export const formatMetric = (id: MetricId, value: number | null | undefined, style?: NumberStyle): string =>
  formatUnit(metricOf(id).unit, value, style);

/** The mark of an axis that reaches up to `highest`: all marks of one axis alike. */
export function formatAxis(unit: Unit, value: number, highest: number, { currency = 'USD' }: NumberStyle = {}): string {
  if (unit === 'percent') return `${plain(value, highest < 5 ? 1 : 0)}%`;
  const digits = highest < 5 ? 2 : highest < 20 ? 1 : 0;
  const size = highest >= 5_000 ? ({ notation: 'compact', maximumFractionDigits: 1 } as const) : null;
  const least = size ? {} : { minimumFractionDigits: 0, maximumFractionDigits: digits };
  const style =
    unit === 'money' || unit === 'moneyPerUnit'
      ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0 } as const)
      : {};
  return written(value, { ...style, ...least, ...size });
}

/** "+1.2 pts" for a percentage, "+3.4%" for anything else. */
export function formatChange(id: MetricId, change: number | null | undefined): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return none;
  const inPoints = ['percent', 'points'].includes(metricOf(id).unit);
  const digits = !inPoints && Math.abs(change) >= 1_000 ? 0 : 1;
  const text = written(change, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  });
  return `${text}${inPoints ? ' pts' : '%'}`;
}

/** Points with sign, such as a contribution to growth. */
export const formatPoints = (value: number | null | undefined, digits = pointDigits): string =>
  value === null || value === undefined
    ? none
    : `${written(value, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' })} pts`;

/** What the numbers of an axis or a column are in: "USD", "%", "kg". */
export function unitLabel(unit: Unit, { currency = 'USD', volumeUnit }: NumberStyle = {}): string {
  if (unit === 'money') return currency;
  if (unit === 'moneyPerUnit') return `${currency} each`;
  if (unit === 'percent') return '%';
  if (unit === 'points') return 'points';
  if (unit === 'volume') return volumeUnit ?? 'volume';
  return unit;
}

/**
 * Rounds parts so that what is shown adds up to the rounded whole: each is cut down, and the units left over go to those
 * that lost most. Missing parts stay missing.
 */
export function roundParts(parts: readonly (number | null)[], digits: number): (number | null)[] {
  const scale = 10 ** digits;
  const scaled = parts.map((part) => (part === null ? null : part * scale));
  const whole = Math.round(scaled.reduce<number>((sum, part) => sum + (part ?? 0), 0));
  const floors = scaled.map((part) => (part === null ? 0 : Math.floor(part)));
  let left = whole - floors.reduce((sum, part) => sum + part, 0);
  const order = scaled
    .map((part, index) => ({ index, lost: part === null ? -1 : part - Math.floor(part) }))
    .filter(({ lost }) => lost >= 0)
    .sort((a, b) => b.lost - a.lost || a.index - b.index);
  for (const { index } of order) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  return scaled.map((part, index) => (part === null ? null : (floors[index] ?? 0) / scale));
}
