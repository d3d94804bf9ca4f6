/** What spellings of one brand have in common: neither case, blanks, accents, marks nor signs count, and "&" is "and". */
export const spellingKey = (name: string): string =>
  name
    // These would become letters below.
    .replace(/[®™©℠]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\((r|tm|c)\)/gi, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Where a name ends at by these corrections of spellings. */
export function endOf(corrections: ReadonlyMap<string, string>, name: string): string {
  const seen = new Set<string>();
  let at = name;
  while (corrections.has(at) && !seen.has(at)) {
    seen.add(at);
    at = corrections.get(at)!;
  }
  return at;
}
