import type { ImportKind, Mapping } from '@/lib/contract/imports';
import { parsePack } from '@/lib/values/pack';
import { LONGEST_TEXT, cleanText, columnIndex, type Fault, type Warn } from './row';

/** An accepted row of a product or store file: what publish finds in staged_member.fields. Absent: the row says nothing. */
export interface MemberFields {
  name?: string;
  brand?: string;
  manufacturer?: string;
  /** From the top down. */
  category?: string[];
  pack_size?: string;
  pack_unit?: string;
  region?: string;
  channel?: string;
  attributes?: Record<string, string>;
}
export interface MemberRow {
  code: string;
  fields: MemberFields;
}

const levels = ['category_1', 'category_2', 'category_3'];

/** A reader of product or store rows: the row, or null and its faults in `faults`. */
export function memberReader(
  kind: Exclude<ImportKind, 'transactions'>,
  mapping: Mapping,
  columns: string[],
  faults: Fault[],
  warn: Warn,
): (cells: string[]) => MemberRow | null {
  const at = columnIndex(columns, mapping.columns);
  const codeField = kind === 'products' ? 'product' : 'store';
  const plain = [
    ['name', kind === 'products' ? 'product_name' : 'store_name'],
    ['brand', 'brand'],
    ['manufacturer', 'manufacturer'],
    ['region', 'region'],
    ['channel', 'channel'],
  ] as const;
  const attributes = mapping.attributes.map(({ column }) => [column, columns.indexOf(column)] as const);

  return (cells) => {
    const read = (field: string): string | null => {
      const index = at(field);
      const value = index < 0 ? null : cleanText(cells[index]);
      if (value !== null && value.length > LONGEST_TEXT)
        faults.push({ column: mapping.columns[field] ?? '', reason: `Longer than ${LONGEST_TEXT} characters` });
      return value;
    };
    const code = read(codeField);
    if (code === null)
      faults.push({
        column: mapping.columns[codeField] ?? '',
        reason: `The ${codeField} id is missing; each row needs one`,
      });
    const fields: MemberFields = {};
    for (const [name, field] of plain) {
      const value = read(field);
      if (value !== null) fields[name] = value;
    }
    const category = levels.map(read).filter((level) => level !== null);
    if (category.length > 0) fields.category = category;
    else if (kind === 'products' && levels.some((level) => at(level) >= 0)) warn('missing_category');

    const size = read('pack_size');
    const unit = read('pack_unit');
    const pack = size === null ? null : (parsePack(size) ?? (unit === null ? null : parsePack(`${size} ${unit}`)));
    if (pack) [fields.pack_size, fields.pack_unit] = [pack.size, pack.unit];
    else if (size !== null) warn('pack_size');

    for (const [column, index] of attributes) {
      const value = cleanText(cells[index]);
      if (value !== null) (fields.attributes ??= {})[column] = value.slice(0, LONGEST_TEXT);
    }
    return code === null || faults.length > 0 ? null : { code, fields };
  };
}
