import 'server-only';
import type { PoolClient } from 'pg';
import { copyFrom } from '@/lib/db/copy';

/** Sends rows as COPY text, cells parted by tabs, a row a line; or in PostgreSQL's binary form. */
export const copyInto = (
  client: PoolClient,
  target: string,
  rows: Buffer,
  format: 'text' | 'binary' = 'text',
): Promise<void> => copyFrom(client, `COPY ${target} FROM STDIN (FORMAT ${format})`, rows);

const SPECIAL = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Text as it stands in a cell of COPY. */
export function cell(text: string | null): string {
  if (text === null) return '\\N';
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => escapes[sign]!) : text;
}
