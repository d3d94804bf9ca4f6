import type { Dialect } from './records';
import { splitText } from './split-text';

const LOOKED_AT = 200;
const sign = /[^\p{L}\p{N}\s"'`“”„‘’«».)\]}]$/u;

const often = (fields: string[], at: 'startsWith' | 'endsWith', blank: string, share: number): boolean =>
  fields.length > 0 && fields.filter((field) => field[at](blank)).length >= fields.length * share;

/** A sign that always has the same other one beside it, is there twice, or has blanks around it, is part of a longer delimiter. */
export function widened(text: string, dialect: Dialect): Dialect {
  const { delimiter } = dialect;
  const wide = splitText(text, dialect, LOOKED_AT)
    .map(({ fields }) => fields)
    .filter((fields) => fields.length > 1);
  if (wide.length === 0) return dialect;
  const between = wide[0]![1]!;
  const alternate = wide.every(
    (fields) => fields.length % 2 === 1 && fields.every((field, at) => at % 2 === 0 || field === between),
  );
  if (alternate && delimiter + between !== ' ' && (between === '' || sign.test(between)))
    return { ...dialect, delimiter: delimiter + between + delimiter };
  if (delimiter === ' ') return dialect;
  const later = wide.flatMap((fields) => fields.slice(1)).filter((field) => field.trim() !== '');
  const behind = [' ', '\t'].find((blank) => blank !== delimiter && often(later, 'startsWith', blank, 0.5)) ?? '';
  const earlier = wide.flatMap((fields) => fields.slice(0, -1));
  const common = sign.exec(earlier[0]!)?.[0] ?? '';
  const before =
    behind !== '' && often(earlier, 'endsWith', behind, 0.95)
      ? behind
      : common !== '' && wide.length > 2 && often(earlier, 'endsWith', common, 1)
        ? common
        : '';
  return { ...dialect, delimiter: before + delimiter + behind };
}
