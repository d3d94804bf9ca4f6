import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { readBack, zipOf } from './tables.fixture';
import { workbook } from './workbook.fixture';
import { numberCell, oldWorkbook, textCell } from './xls.fixture';

const usual = env.PARQUET_TIMEOUT;
beforeAll(() => {
  env.PARQUET_TIMEOUT = 1_500;
});
afterAll(() => {
  env.PARQUET_TIMEOUT = usual;
});

// A file in which bytes are wrong is read, or refused with a sentence: nothing else may come of it.

const rows = Array.from({ length: 40 }, (_, at) => ({ id: `00${at}`, name: ['Oat', 'Rye'][at % 2]!, amount: at / 4 }));
const text = JSON.stringify(rows);

const files: Record<string, () => Promise<Uint8Array>> = {
  zip: () => zipOf({ 'a.json': text, 'b.csv': 'a,b\n1,2\n' }),
  gzip: async () => gzipSync(text),
  JSON: async () => Buffer.from(text),
  workbook: () =>
    workbook({ sheets: { S: [['id', 'n'], ...rows.map(({ id, amount }) => [id, { n: String(amount) }])] } }),
  'old workbook': async () =>
    oldWorkbook({
      sheets: [
        { name: 'S', cells: rows.flatMap(({ id, amount }, at) => [textCell(at, 0, id), numberCell(at, 1, amount)]) },
      ],
    }),
  Parquet: async () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'id', data: rows.map(({ id }) => id), type: 'STRING' },
          { name: 'name', data: rows.map(({ name }) => name), type: 'STRING' },
          { name: 'amount', data: rows.map(({ amount }) => amount), type: 'DOUBLE' },
        ],
      }),
    ),
};

it.each(Object.keys(files))('%s', { timeout: 60_000 }, async (kind) => {
  const whole = await files[kind]!();
  const change = fc.record({ at: fc.nat(whole.length - 1), to: fc.integer({ min: 0, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const damaged = Buffer.from(whole);
      for (const { at, to } of changes) damaged[at] = to;
      const outcome = await readBack(damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome, String(outcome.stack)).toBeInstanceOf(ApiError);
    }),
    // Each Parquet file is decoded by a thread of its own, some of which never end by themselves.
    { numRuns: kind === 'Parquet' ? 20 : 150 },
  );
});
