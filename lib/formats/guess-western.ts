import { decoderOf } from './encoding';

// Which of the Western encodings a text is written in: in a wrong one, signs and capitals stand in the middle of words.

const candidates = ['windows-1252', 'macintosh', 'cp850'] as const;

/** Signs that do stand between letters, or right before one. */
const between = '’‘–—…·®™°ªº';
const before = `${between}„‚“”«»‹›¡¿€£¥§©`;
const odd = [
  new RegExp(`(?<=\\p{L})[^\\p{L}\\p{M}\\p{ASCII}${between}](?=\\p{L})`, 'gu'),
  new RegExp(`(?<!\\p{L})[^\\p{L}\\p{M}\\p{ASCII}${before}](?=\\p{L})`, 'gu'),
  /(?<=\p{Ll})(?![A-Z])\p{Lu}|(?<=\p{L})(?![A-Z])\p{Lu}(?=\p{Ll})/gu,
  /[\u0080-\u009f\u2500-\u25ff∂∑∏∫≈∆◊√]/gu,
];

const oddness = (text: string): number => odd.reduce((count, sign) => count + (text.match(sign)?.length ?? 0), 0);

const central = ['windows-1250', 'iso-8859-2'] as const;
const FEWEST = 3;

/** The encoding in which the least is odd; null where that is Windows-1252. */
export function guessWestern(bytes: Buffer): string | null {
  const read = candidates.map((encoding) => ({ encoding, odd: oddness(decoderOf(encoding)(bytes)) }));
  const best = read.reduce((one, other) => (other.odd < one.odd / 2 ? other : one));
  // Letters of Central Europe are signs in Windows-1252: where several stand in the middle of words, they are letters.
  const western = decoderOf('windows-1252')(bytes);
  if (best.odd > 0 && (western.match(odd[0]!)?.length ?? 0) >= FEWEST) {
    const read = central.map((encoding) => ({ encoding, odd: oddness(decoderOf(encoding)(bytes)) }));
    const least = read.reduce((one, other) => (other.odd < one.odd ? other : one));
    if (least.odd < best.odd / 2) return least.encoding;
  }
  if (best.encoding !== 'windows-1252') return best.encoding;
  // There, and nowhere else, the sign for any currency is that of the euro.
  const windowsOnly = bytes.some((byte) => byte >= 0x80 && byte < 0xa0);
  return bytes.includes(0xa4) && !windowsOnly ? 'iso-8859-15' : null;
}
