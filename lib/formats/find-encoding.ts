import 'server-only';
import { mostlyUtf8, utf16Of } from './encoding';
import { guessEncoding } from './guess-encoding';
import { openBytes } from './open';

/** What JSON or a page is written in: it should be UTF-8, and programs write it in the encoding of their system all the same; `said`: it names that itself. */
export async function encodingOf(path: string, said?: (start: Buffer) => string | null): Promise<string> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  let told: string | null = null;
  for await (const bytes of openBytes(path)) {
    if (first) {
      const wide = utf16Of(bytes);
      if (wide) return wide;
      told = said?.(bytes) ?? null;
    }
    first = false;
    try {
      strict.decode(bytes, { stream: true });
    } catch {
      // A few wrong bytes are damage, and told as such.
      if (mostlyUtf8(bytes)) return 'utf-8';
      return told ?? (await guessEncoding(bytes)) ?? 'windows-1252';
    }
  }
  return 'utf-8';
}
