import type { Made } from '@/lib/contract/imports';
import { decimalText } from '@/lib/formats/decimal';
import { withoutCurrency } from '@/lib/values/currency';
import { otherDecimals } from '@/lib/values/decimal-sign';
import { add, divide, multiply, parseExact, round, type Exact } from '@/lib/values/number';

type Calculation = Extract<Made, { calculate: unknown }>['calculate'];

interface Known {
  columns: string[];
  decimal: '.' | ',';
  /** The first rows, which may show that a column has another decimal sign. */
  rows?: readonly string[][];
  /** Decimals of the smallest coin. */
  coin?: number;
}

const CENTS = 2;
/** What a field of numbers can hold; prices are multiplied before they are rounded. */
const decimalsOf = (field: string, coin = CENTS): number => {
  if (field === 'units') return 3;
  return field === 'amount' || field === 'base_amount' ? coin : 4;
};

/**
 * A maker of numbers out of two columns, or of one and a number. Where one is empty, so is what is made, but nothing may be
 * added or taken off; what is no number is handed on as it is, for the check to say so.
 */
export function calculator(
  field: string,
  [left, operator, right]: Calculation,
  { columns, decimal, rows = [], coin }: Known,
): (fields: string[], warn?: (rule: 'calculated_rounded') => void) => string {
  const [a, b] = [left, right].map((one) => operandOf(one, columns, decimal, rows)) as [Operand, Operand];
  const decimals = decimalsOf(field, coin);
  const missing = operator === '+' || operator === '-' ? NOTHING : null;
  return (fields, warn) => {
    const [first, second] = [a(fields), b(fields) ?? missing];
    if (first === null || second === null) return '';
    if (typeof first === 'string') return first;
    if (typeof second === 'string') return second;
    if (operator === '/' && second.value.digits === 0n) return `${first.text} ÷ 0`;
    const { value, exact } = work(first.value, operator, second.value, decimals);
    if (!exact) warn?.('calculated_rounded');
    const text = decimalText(value.digits, value.scale);
    const mark = first.mark || second.mark;
    return `${decimal === ',' ? text.replace('.', ',') : text}${mark && ` ${mark}`}`;
  };
}

const NOTHING = { text: '', value: { digits: 0n, scale: 0 }, mark: '' };

interface Operation {
  value: Exact;
  /** Nothing was rounded. */
  exact: boolean;
}

function work(a: Exact, operator: Calculation[1], b: Exact, decimals: number): Operation {
  if (operator === '/') {
    const turned = b.digits < 0n;
    const [over, under] = turned ? [negative(a), negative(b)] : [a, b];
    const value = divide(over, under, decimals);
    return { value, exact: add(multiply(value, under), negative(over)).digits === 0n };
  }
  const whole = operator === '*' ? multiply(a, b) : add(a, operator === '-' ? negative(b) : b);
  const value = round(whole, decimals);
  return { value, exact: add(value, negative(whole)).digits === 0n };
}

const negative = ({ digits, scale }: Exact): Exact => ({ digits: -digits, scale });

/** A number with the sign of its currency; text that is none; null where there is nothing. */
type Operand = (fields: string[]) => { text: string; value: Exact; mark: string } | string | null;

function operandOf(one: string | number, columns: string[], decimal: '.' | ',', rows: readonly string[][]): Operand {
  if (typeof one === 'number') {
    const text = String(one);
    const value = parseExact(text, '.');
    return () => value && { text, value, mark: '' };
  }
  const at = columns.indexOf(one);
  const sign = otherDecimals({ amount: one }, { columns, rows, decimal }).get(one) ?? decimal;
  return (fields) => {
    const text = (fields[at] ?? '').trim();
    if (text === '') return null;
    const value = text.endsWith('%') ? null : parseExact(text, sign);
    return value ? { text, value, mark: markOf(text) } : text;
  };
}

/** The sign of a currency as it stands there. */
function markOf(text: string): string {
  if (/^[-+\d.,]*$/.test(text)) return '';
  const bare = text.replace(/^[-+(\u2212\u2013]\s*|\s*[-)]$/gu, '');
  const { rest, currency } = withoutCurrency(bare);
  if (currency === null) return '';
  return (bare.endsWith(rest) ? bare.slice(0, bare.length - rest.length) : bare.slice(rest.length)).trim();
}
