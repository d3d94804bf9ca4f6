/** Whether a name fits a pattern with * and ?, large or small letters. Names that begin with a dot are nobody's files. */
export function matcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  return (given) => {
    const name = given.toLowerCase();
    if (name.startsWith('.') || !fitsAt(first, name, 0)) return false;
    if (last === undefined) return first.length === name.length;
    // Not by a regular expression: with many stars one may try for ever.
    let at = first.length;
    for (const part of rest) {
      while (at + part.length <= name.length && !fitsAt(part, name, at)) at += 1;
      at += part.length;
    }
    return at + last.length <= name.length && fitsAt(last, name, name.length - last.length);
  };
}

function fitsAt(part: string, name: string, at: number): boolean {
  if (at + part.length > name.length) return false;
  for (let step = 0; step < part.length; step += 1)
    if (part[step] !== '?' && part[step] !== name[at + step]) return false;
  return true;
}
