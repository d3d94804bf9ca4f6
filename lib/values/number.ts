import { withoutCurrency } from './currency';

// Exact decimals: integers of 10^-scale. Never floating point, which cannot hold 0.1.

export interface Exact {
  digits: bigint;
  scale: number;
}

const PLAIN = /^(-?)(\d{1,18})(?:\.(\d{0,12}))?$/;
const GROUPED = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;
const DECIMAL = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** Reads a number as people and programs write it; null when it is none. */
export function parseExact(text: string, decimal: '.' | ','): Exact | null {
  if (decimal === '.') {
    const plain = PLAIN.exec(text);
    if (plain) return exact(plain[1] === '-', plain[2]!, plain[3] ?? '');
  }
  let body = text.replace(/[\u2212\u2013]/gu, '-').trim();
  let negative = false;
  const bracketed = /^\((.*)\)$/.exec(body);
  if (bracketed) {
    negative = true;
    body = bracketed[1]!.trim();
  }
  // "12.-" is a price without cents, not a negative one.
  body = body.replace(/(?<=\d)[.,]-{1,2}$/, '');
  const unsign = (): void => {
    const signed = /^([+-])\s*(.*)$/.exec(body) ?? /^(.*?)\s*(-)$/.exec(body);
    if (!signed) return;
    const sign = signed[1] === '+' || signed[1] === '-' ? signed[1] : signed[2];
    if (sign === '-') negative = !negative;
    body = sign === signed[1] ? signed[2]! : signed[1]!;
  };
  unsign();
  const before = body;
  body = withoutCurrency(body).rest;
  if (body !== before && !bracketed && !negative) unsign();
  if (decimal === ',') body = body.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));
  // Blanks and apostrophes between groups of three are thousands separators too.
  body = body.replace(/(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))/gu, ',');
  if (GROUPED.test(body)) body = body.replace(/,/g, '');
  const parts = DECIMAL.exec(body);
  if (!parts || !`${parts[1] ?? ''}${parts[2] ?? ''}`) return null;
  const value = exact(negative, parts[1] ?? '', parts[2] ?? '');
  const exponent = Number(parts[3] ?? 0);
  if (exponent === 0) return value;
  const scale = value.scale - exponent;
  return trim(scale < 0 ? { digits: value.digits * power(-scale), scale: 0 } : { digits: value.digits, scale });
}

function exact(negative: boolean, whole: string, fraction: string): Exact {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end -= 1;
  const digits = BigInt(end === 0 ? whole || '0' : whole + fraction.slice(0, end));
  return { digits: negative ? -digits : digits, scale: end };
}

function trim(value: Exact): Exact {
  let { digits, scale } = value;
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}

export function multiply(a: Exact, b: Exact): Exact {
  return trim({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

export function add(a: Exact, b: Exact): Exact {
  const scale = Math.max(a.scale, b.scale);
  return trim({ digits: atScale(a, scale) + atScale(b, scale), scale });
}

/** a ÷ b at this scale, rounded half away from zero; b is above 0. */
export function divide(a: Exact, b: Exact, scale: number): Exact {
  const digits = a.digits * power(b.scale + scale + 1);
  return round({ digits: digits / (b.digits * power(a.scale)), scale: scale + 1 }, scale);
}

/** Half away from zero, as tills do. */
export function round(value: Exact, scale: number): Exact {
  if (value.scale <= scale) return value;
  const unit = power(value.scale - scale);
  const half = value.digits < 0n ? -unit / 2n : unit / 2n;
  return trim({ digits: (value.digits + half) / unit, scale });
}

const RESIDUE = 9;
/** Drops what binary arithmetic left behind in another program (0.30000000000000004, 4.4e-16); null where it is more. */
export function withoutResidue(value: Exact, scale: number): Exact | null {
  const nearest = round(value, scale);
  const gap = value.digits - nearest.digits * power(value.scale - nearest.scale);
  return (gap < 0n ? -gap : gap) * power(RESIDUE) <= power(value.scale) ? nearest : null;
}

/** Cents. */
const COIN = 2;
/** Single precision has 24 binary digits. */
const SINGLE = 2n ** 23n;
/** Drops what single precision leaves of an amount in cents (99.000001, 58.999997); null where it is more than that. */
export function withoutSingleResidue(value: Exact): Exact | null {
  const nearest = round(value, COIN);
  const gap = value.digits - nearest.digits * power(value.scale - nearest.scale);
  const size = value.digits < 0n ? -value.digits : value.digits;
  return (gap < 0n ? -gap : gap) * SINGLE <= size ? nearest : null;
}

const powers = Array.from({ length: 32 }, (_, exponent) => 10n ** BigInt(exponent));
/** Powers are looked up: computing one takes longer than all else that a number needs. */
const power = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

/** As an integer of 10^-scale; only for values with no more decimals than that. */
export function atScale(value: Exact, scale: number): bigint {
  return value.scale === scale ? value.digits : value.digits * power(scale - value.scale);
}
