import 'server-only';
import { guessWestern } from './guess-western';

/** What the library calls encodings that are told apart for sure; Western ones, which it takes for others, are none. */
const known: Record<string, string> = {
  shift_jis: 'shift_jis',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  'euc-kr': 'euc-kr',
  cp949: 'euc-kr',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  big5: 'big5',
  'windows-1250': 'windows-1250',
  'iso-8859-2': 'iso-8859-2',
  'windows-1251': 'windows-1251',
  'koi8-r': 'koi8-r',
  ibm866: 'ibm866',
  'windows-1253': 'windows-1253',
  'iso-8859-7': 'iso-8859-7',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'iso-8859-8': 'windows-1255',
  'windows-1256': 'windows-1256',
  cp874: 'windows-874',
  'tis-620': 'windows-874',
};
const LOOKED_AT = 32_768;
const FEWEST = 8;
/** Measured on small tables in fourteen encodings: Western texts get up to 0.06 for one of the above; Czech gets less than this, and is chosen by hand. */
const SURE = 0.1;
/** Enough where most letters are none of ASCII, as no Western text has it: small tables of few words get as little as 0.054. */
const LIKELY = 0.04;

function mostlyForeign(bytes: Buffer): boolean {
  let [foreign, latin] = [0, 0];
  for (const byte of bytes)
    if (byte > 0x7f) foreign += 1;
    else if ((byte | 32) >= 97 && (byte | 32) <= 122) latin += 1;
  return foreign > latin;
}

/** The encoding of a text that is neither UTF-8 nor UTF-16, by how often its letters follow one another; null: none for sure. */
export async function guessEncoding(sample: Buffer): Promise<string | null> {
  const telling: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < sample.length && size < LOOKED_AT;) {
    const end = sample.indexOf(10, at) + 1 || sample.length;
    const line = sample.subarray(at, end);
    if (line.some((byte) => byte > 0x7f)) size += telling.push(line) && line.length;
    at = end;
  }
  const bytes = Buffer.concat(telling).subarray(0, LOOKED_AT);
  if (bytes.filter((byte) => byte > 0x7f).length < FEWEST) return guessWestern(bytes);
  const { detectAll } = await import('jschardet');
  const found = detectAll(bytes).map(({ encoding, confidence }) => ({
    encoding: known[encoding?.toLowerCase() ?? ''],
    confidence: confidence ?? 0,
  }));
  // Hardly anything is written in the others that it tells.
  const likely = mostlyForeign(bytes) ? found.find(({ encoding }) => encoding !== undefined) : undefined;
  if (likely && likely.confidence >= LIKELY) return likely.encoding!;
  const sure = (found[0]?.confidence ?? 0) >= SURE ? found[0]?.encoding : undefined;
  return sure ?? guessWestern(bytes);
}
