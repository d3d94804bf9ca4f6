const REMEMBERED = 50_000;

/** A text as words: neither case, accents, apostrophes nor signs count. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/[®™©℠]/g, ' ')
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/**
 * Finds the brand that a description names: the longest of these names whose words stand in it one after the other, the
 * first of equals. "Coca-Cola Zero" wins over "Coca-Cola"; "Dove" is not found in "Dovecote".
 */
export function brandFinder(names: readonly string[]): (text: string) => string | null {
  const byFirst = new Map<string, { name: string; words: string[]; length: number }[]>();
  for (const name of names) {
    const words = wordsOf(name);
    if (words.length === 0) continue;
    const known = byFirst.get(words[0]!) ?? [];
    known.push({ name, words, length: words.join('').length });
    byFirst.set(words[0]!, known);
  }
  const find = (text: string): string | null => {
    const words = wordsOf(text);
    let best: { name: string; length: number } | null = null;
    words.forEach((word, at) => {
      for (const brand of byFirst.get(word) ?? [])
        if (brand.length > (best?.length ?? 0) && brand.words.every((part, next) => words[at + next] === part))
          best = brand;
    });
    return (best as { name: string } | null)?.name ?? null;
  };
  // A product's description comes again with each of its sales.
  const found = new Map<string, string | null>();
  return (text) => {
    let brand = found.get(text);
    if (brand === undefined) {
      brand = find(text);
      if (found.size < REMEMBERED) found.set(text, brand);
    }
    return brand;
  };
}
