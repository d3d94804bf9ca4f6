import type { Dialect } from './record';
import { splitText } from './split-text';

const LOOKED_AT = 200;
const sign = /[^\p{L}\p{N}\s"'`“”„‘’«».)\]}]$/u;
const signs = /^[^\p{L}\p{N}]{1,3}$/u;

const often = (fields: string[], at: 'startsWith' | 'endsWith', blank: string, share: number): boolean =>
  fields.length > 0 && fields.filter((field) => field[at](blank)).length >= fields.length * share;

/** A sign that always has the same other one beside it, is there twice, or has blanks around it, is part of a longer delimiter. */
export function widened(text: string, dialect: Dialect): Dialect {
  const { delimiter } = dialect;
  const records = splitText(text, dialect, LOOKED_AT).filter(({ fields }) => fields.length > 1);
  const wide = records.map(({ fields }) => fields);
  if (wide.length === 0) return dialect;
  const between = wide[0]![1]!;
  const alternate = wide.every(
    (fields) => fields.length % 2 === 1 && fields.every((field, at) => at % 2 === 0 || field === between),
  );
  if (alternate && delimiter + between !== ' ' && (between === '' || (signs.test(between) && sign.test(between))))
    return { ...dialect, delimiter: delimiter + between + delimiter };
  if (delimiter === ' ') return dialect;
  const later = wide.flatMap((fields) => fields.slice(1)).filter((field) => field.trim() !== '');
  // Blanks around quotes are none of a value.
  const isAround = (sign: string): boolean =>
    records.filter(({ raw, fields }) => raw.split(sign).length >= fields.length).length >= records.length * 0.95;
  // Where many values stand in quotes, few show the blanks around them.
  const apart = { ...dialect, delimiter: ` ${delimiter} ` };
  if (records.length > 1 && isAround(apart.delimiter)) {
    const read = splitText(text, apart, LOOKED_AT).map(({ fields }) => fields);
    const width = wide[0]!.length;
    if (read.every((fields) => fields.length === width && fields.every((field) => field === field.trim())))
      return apart;
  }
  let behind = [' ', '\t'].find((blank) => blank !== delimiter && often(later, 'startsWith', blank, 0.5)) ?? '';
  // Values that are padded to one width are not set apart by what they are padded with.
  const padded = later.filter((field) => field.startsWith('  ')).length > later.length * 0.1;
  if (behind === ' ' && padded && !often(later, 'startsWith', ' ', 0.95)) behind = '';
  if (behind !== '') behind += [' ', '\t'].find((blank) => isAround(delimiter + behind + blank)) ?? '';
  const earlier = wide.flatMap((fields) => fields.slice(0, -1));
  const common = sign.exec(earlier[0]!)?.[0] ?? '';
  const before =
    behind !== '' && (often(earlier, 'endsWith', behind, 0.95) || isAround(behind + delimiter + behind))
      ? behind
      : common !== '' && wide.length > 2 && often(earlier, 'endsWith', common, 1)
        ? common
        : '';
  const wider = { ...dialect, delimiter: before + delimiter + behind };
  // Where only some of them have it, rows are of one width without it.
  const isEven = (one: Dialect): boolean => {
    const [first, ...rest] = splitText(text, one, LOOKED_AT);
    return rest.every(({ fields, fault }) => fault === null && fields.length === first!.fields.length);
  };
  return isEven(dialect) && !isEven(wider) ? dialect : wider;
}
