/** A cell of a CSV file as RFC 4180 writes it. */
export const plainCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell for people to open: a text that begins like a formula would run as one in a spreadsheet. */
export function csvCell(value: unknown): string {
  const text = String(value ?? '');
  return plainCell(typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}
