import { fieldsOf, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { patternReader } from './date';

/** What stands between a mapping and a file: each fault by the field it is about. Empty when it fits. */
export function mappingFaults(
  kind: ImportKind,
  mapping: Mapping,
  columns: string[],
): { field: string; message: string }[] {
  const faults: { field: string; message: string }[] = [];
  const fault = (field: string, message: string): void => void faults.push({ field, message });
  const fields = fieldsOf[kind] as readonly string[];
  const has = (field: string): boolean => mapping.columns[field] !== undefined;

  for (const [field, column] of Object.entries(mapping.columns)) {
    if (!fields.includes(field))
      fault(`mapping.columns.${field}`, `no field of a ${kind} file; one of ${fields.join(', ')}`);
    else if (!columns.includes(column)) fault(`mapping.columns.${field}`, `the file has no column "${column}"`);
  }
  mapping.attributes.forEach(({ column, of }, at) => {
    const field = `mapping.attributes.${at}`;
    if (!columns.includes(column)) fault(field, `the file has no column "${column}"`);
    else if (kind === 'transactions' ? !has(of) : of !== (kind === 'products' ? 'product' : 'store'))
      fault(field, `"${column}" describes a ${of}, but the file names none: map the field ${of} first`);
  });
  if (mapping.dateFormat !== 'auto' && patternReader(mapping.dateFormat) === null)
    fault('mapping.dateFormat', '"auto", or year, month and day such as DD/MM/YYYY or YYYY-MM-DD HH:mm');

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

/** A fault for a reader, who knows fields by their names and nothing of where the API keeps them. */
export const faultSentence = ({ field, message }: { field: string; message: string }): string =>
  `${field.replace(/^mapping\.(columns\.|attributes\.\d+$)?/, '') || 'attribute'}: ${message}`;
