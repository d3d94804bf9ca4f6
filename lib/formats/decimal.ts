/** A number as programs write it ("-1.5e-7") without an exponent, and without zeros that say nothing. */
export function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  if (whole === '') return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const rest = padded.slice(at).replace(/0+$/, '');
  const front = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  return /^0*$/.test(front + rest) ? '0' : `${sign}${front}${rest && `.${rest}`}`;
}

/** An integer of 10^-scale as decimal text, with all of its decimals. */
export function decimalText(digits: bigint, scale: number): string {
  if (scale <= 0) return digits.toString();
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
