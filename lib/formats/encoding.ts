/** Letters of one script, digits and signs: so many values the first byte of a character has in a text, and some more. */
const MOST_SCRIPTS = 8;

/** UTF-16 by its byte order mark, or by the zeros that Latin letters, digits and signs have in it. */
export function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const length = Math.min(start.length, 2000) & ~1;
  let [even, odd] = [0, 0];
  const [evens, odds] = [new Set<number>(), new Set<number>()];
  for (let at = 0; at < length; at += 2) {
    if (start[at] === 0) even += 1;
    if (start[at + 1] === 0) odd += 1;
    evens.add(start[at]!);
    odds.add(start[at + 1]!);
  }
  const wide = (zeros: number, others: number, firsts: Set<number>): boolean =>
    others === 0 && (zeros > length / 4 || (zeros > length / 16 && firsts.size <= MOST_SCRIPTS && length > 40));
  if (wide(odd, even, odds)) return 'utf-16le';
  return wide(even, odd, evens) ? 'utf-16be' : null;
}

/** UTF-32 by its byte order mark, which begins as that of UTF-16 does. */
export function utf32Of(start: Buffer): 'utf-32le' | 'utf-32be' | null {
  if (start.length >= 4 && start.readUInt32BE(0) === 0xfffe0000) return 'utf-32le';
  return start.length >= 4 && start.readUInt32BE(0) === 0xfeff ? 'utf-32be' : null;
}

/** A few wrong bytes don't make a UTF-8 file one of Windows: there, nearly all letters with accents would be wrong ones. */
export function mostlyUtf8(sample: Buffer): boolean {
  const text = new TextDecoder().decode(sample);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const accents = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return accents > 2 * wrong;
}

/** NUL, which stands for nothing, and the sign for the end of a file that old systems write. */
const nothing = /[\0\u001a]/g;
const seen = (text: string): string =>
  text.includes('\0') || text.includes('\u001a') ? text.replace(nothing, '') : text;

/** The letters of DOS 850 from 128 on, which no standard of the web knows. */
const dos850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** Bytes to text, piece by piece; called without any at the end. A byte order mark is left out, and what nobody sees. */
export function decoderOf(encoding: string): (bytes?: Buffer) => string {
  if (encoding === 'cp850')
    return (bytes = Buffer.alloc(0)) =>
      seen(bytes.toString('latin1').replace(/[\u0080-\u00ff]/g, (sign) => dos850[sign.charCodeAt(0) - 128]!));
  if (!encoding.startsWith('utf-32')) {
    const decoder = new TextDecoder(encoding);
    return (bytes) => seen(decoder.decode(bytes, { stream: bytes !== undefined }));
  }
  let rest: Buffer = Buffer.alloc(0);
  return (bytes = Buffer.alloc(0)) => {
    const all = Buffer.concat([rest, bytes]);
    const whole = all.length - (all.length % 4);
    rest = all.subarray(whole);
    let text = '';
    for (let at = 0; at < whole; at += 4) {
      const code = encoding === 'utf-32le' ? all.readUInt32LE(at) : all.readUInt32BE(at);
      if (code !== 0xfeff) text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    return seen(text);
  };
}
