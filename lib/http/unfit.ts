/** Nothing that is asked for is as deep; what is deeper would exhaust the stack of whatever walks through it. */
const deepest = 100;

const fault = (text: string): string | null => {
  if (text.includes('\u0000')) return 'holds a NUL character';
  return /\p{Surrogate}/u.test(text)
    ? 'holds half of a surrogate pair (\\ud800 to \\udfff), which is no character'
    : null;
};

/** The first thing in a value that nothing here could keep or walk through: PostgreSQL takes neither of those texts. */
export function unfit(value: unknown, path: string[] = []): { field: string; message: string } | null {
  const field = path.join('.');
  if (typeof value === 'string') {
    const message = fault(value);
    return message === null ? null : { field, message };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= deepest) {
    return { field: path[0] ?? '', message: `is nested deeper than ${deepest} levels` };
  }
  for (const [key, part] of Object.entries(value)) {
    const message = fault(key);
    if (message !== null) return { field, message: `has a key that ${message}` };
    const found = unfit(part, [...path, key]);
    if (found) return found;
  }
  return null;
}
