import { fieldsOf, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { anyDateReader, patternReader } from '@/lib/values/date';
import { COUNTED_EXAMPLE, dateFormOf, dateForms } from '@/lib/values/date-form';
import { parseFlag, parseReturn } from '@/lib/values/flag';
import { fieldsGiven, sourcesOf } from './made';
import { parseExact } from '@/lib/values/number';
import { flags, numbers } from '@/lib/values/synonyms';

/** What stands between a mapping and a file: each fault by the field it is about. Empty when it fits. */
export function mappingFaults(
  kind: ImportKind,
  mapping: Mapping,
  columns: string[],
): { field: string; message: string }[] {
  const faults: { field: string; message: string }[] = [];
  const fault = (field: string, message: string): void => void faults.push({ field, message });
  const fields = fieldsOf[kind] as readonly string[];
  const given = new Set(fieldsGiven(mapping));
  const has = (field: string): boolean => given.has(field);

  for (const [field, column] of Object.entries(mapping.columns)) {
    if (!fields.includes(field))
      fault(`mapping.columns.${field}`, `no field of a ${kind} file; one of ${fields.join(', ')}`);
    else if (!columns.includes(column)) fault(`mapping.columns.${field}`, `the file has no column "${column}"`);
  }
  for (const [field, made] of Object.entries(mapping.made)) {
    const at = `mapping.made.${field}`;
    const missing = sourcesOf(made).find((column) => !columns.includes(column));
    if (!fields.includes(field)) fault(at, `no field of a ${kind} file; one of ${fields.join(', ')}`);
    else if (mapping.columns[field] !== undefined) fault(at, 'read from a column already; make it, or name a column');
    else if (missing !== undefined) fault(at, `the file has no column "${missing}"`);
    else if ('brandIn' in made && field !== 'brand') fault(at, 'only the brand can be looked for in a text');
    else if ('join' in made && made.join.length < 2) fault(at, 'two columns or more are joined');
    else if ('calculate' in made && !isNumber(field)) fault(at, 'only numbers can be calculated');
    else if ('calculate' in made && made.calculate[1] === '/' && made.calculate[2] === 0)
      fault(at, 'nothing can be divided by 0');
    else if ('part' in made && ('before' in made ? made.before : 'after' in made ? made.after : '-') === '')
      fault(at, 'required: the text that it stands before or after');
    else if ('constant' in made) {
      const wrong =
        made.constant.trim() === '' ? 'required: the text of every row' : constantFault(field, made.constant, mapping);
      if (wrong) fault(at, wrong);
    }
  }
  mapping.attributes.forEach(({ column, of }, at) => {
    const field = `mapping.attributes.${at}`;
    if (!columns.includes(column)) fault(field, `the file has no column "${column}"`);
    else if (kind === 'transactions' ? !has(of) : of !== (kind === 'products' ? 'product' : 'store'))
      fault(field, `"${column}" describes a ${of}, but the file names none: map the field ${of} first`);
  });
  if (mapping.dateFormat !== 'auto' && patternReader(mapping.dateFormat) === null)
    fault(
      'mapping.dateFormat',
      `"auto", ${dateForms.join(', ')}, numbered weeks or days such as ${COUNTED_EXAMPLE}, or year, month and day such as DD/MM/YYYY or YYYY-MM-DD HH:mm`,
    );

  if (kind === 'products' && !has('product'))
    fault('mapping.columns.product', 'required: the column with the product id');
  if (kind === 'stores' && !has('store')) fault('mapping.columns.store', 'required: the column with the store id');
  if (kind !== 'transactions') return faults;
  if (!has('date')) fault('mapping.columns.date', 'required: the column with the date');
  if (!has('product') && !has('brand'))
    fault('mapping.columns.product', 'required: the column with the product id, or else one with the brand');
  if (mapping.amountFrom === 'amount' && !has('amount'))
    fault(
      'mapping.columns.amount',
      'required: the column with the amount, or amountFrom "unit_price" with a unit price',
    );
  if (mapping.amountFrom === 'unit_price' && !has('unit_price'))
    fault('mapping.columns.unit_price', 'required when the amount is unit price × units');
  return faults;
}

/** Whether a field can be calculated. */
export const isNumber = (field: string): boolean => numbers.has(field);

/** What is open where the date's column holds bare numbers, by its first values: on which day their count begins. */
export function countFault(
  { columns: { date }, dateFormat }: Mapping,
  columns: readonly { name: string; samples: string[] }[],
): string | null {
  const samples = columns.find(({ name }) => name === date)?.samples ?? [];
  if (dateFormat !== 'auto' || samples.length === 0 || !samples.every((value) => /^\d{1,5}$/.test(value))) return null;
  if (dateFormOf(samples, date) !== null) return null;
  return `the column "${date}" holds numbers; say on which day one of them begins, such as ${COUNTED_EXAMPLE}`;
}

/** A row of a receipt is one unit where none are told; one that adds up a week is not, and its sales would be a single price. */
export const unitsFault = (mapping: Mapping): string | null =>
  mapping.grain === 'week' && mapping.amountFrom === 'unit_price' && !fieldsGiven(mapping).includes('units')
    ? 'required: a row adds up a week, and its amount is unit price × units'
    : null;

/** Why every row would be rejected for the value that they share. */
function constantFault(field: string, value: string, { dateFormat, decimal }: Mapping): string | null {
  if (field === 'date') {
    const read = (dateFormat === 'auto' ? null : patternReader(dateFormat)) ?? anyDateReader(null);
    return typeof read(value) === 'string'
      ? `no date; write it like ${dateFormat === 'auto' ? '2024-03-31' : dateFormat}`
      : null;
  }
  if (numbers.has(field)) return parseExact(value, decimal) === null ? 'a number is required' : null;
  if (field === 'is_return')
    return parseReturn(value) === null ? 'neither a return nor a sale; write 1 or 0, return or sale' : null;
  return flags.has(field) && parseFlag(value) === null ? 'neither yes nor no; write 1 or 0, yes or no' : null;
}

/** A fault for a reader, who knows fields by their names and nothing of where the API keeps them. */
export const faultSentence = ({ field, message }: { field: string; message: string }): string =>
  `${field.replace(/^mapping\.(columns\.|made\.|attributes\.\d+$)?/, '') || 'attribute'}: ${message}`;
