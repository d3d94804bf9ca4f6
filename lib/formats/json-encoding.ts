import 'server-only';
import { mostlyUtf8, utf16Of } from './encoding';
import { guessEncoding } from './guess-encoding';
import { openBytes } from './open';

/** What a JSON file is written in: it should be UTF-8, and programs write it in the encoding of their system all the same. */
export async function encodingOf(path: string): Promise<string> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  for await (const bytes of openBytes(path)) {
    const wide = first ? utf16Of(bytes) : null;
    if (wide) return wide;
    first = false;
    try {
      strict.decode(bytes, { stream: true });
    } catch {
      // A few wrong bytes are damage, and told as such.
      return mostlyUtf8(bytes) ? 'utf-8' : ((await guessEncoding(bytes)) ?? 'windows-1252');
    }
  }
  return 'utf-8';
}
