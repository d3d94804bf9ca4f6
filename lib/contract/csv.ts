/** A cell of a CSV file as RFC 4180 writes it. */
export const plainCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const formula = /^'*[=+\-@\t\r]/;

/** A cell for people to open: a text that begins like a formula would run as one in a spreadsheet. */
export function csvCell(value: unknown): string {
  const text = String(value ?? '');
  return plainCell(typeof value === 'string' && formula.test(text) ? `'${text}` : text);
}

/** The text that such a cell stands for. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
