import 'server-only';
import { getManyValues, isMany, none } from 'stream-chain/defs.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';

export type { Token };

/** Turns pieces of JSON text into tokens, numbers as they are written; `null` ends the text. Throws where it is no JSON. */
export function jsonTokens(): (text: string | null) => readonly Token[] {
  const parse = jsonParser({ packValues: true, streamValues: false, jsonStreaming: true });
  return (text) => {
    // What ends the text is no string, though the types know strings alone.
    const found: unknown = (parse as (piece: unknown) => unknown)(text ?? none);
    if (isMany(found)) return getManyValues(found) as Token[];
    return found === none ? [] : [found as Token];
  };
}
