// Amounts are exact: whole numbers of a millionth.

const scale = 1_000_000n;

/** "12.50" as a whole number; null: it is no amount. */
export function amountOf(text: string): bigint | null {
  const [, sign, whole = '', decimals = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const value = BigInt(whole) * scale + BigInt(decimals.padEnd(6, '0'));
  return sign === '-' ? -value : value;
}

export function textOf(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const decimals = String(size % scale)
    .padStart(6, '0')
    .replace(/0{0,4}$/, '');
  return `${amount < 0n ? '-' : ''}${size / scale}.${decimals}`;
}

const cent = scale / 100n;

/** The nearest whole cent of an amount that is not below zero. */
export const toCents = (amount: bigint): bigint => ((amount + cent / 2n) / cent) * cent;
