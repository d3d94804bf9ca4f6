'use client';

import { exportLines, listLines } from '@/lib/contract/lines';
import { formatUnit } from '@/lib/metrics/format';
import { formatDate } from '@/lib/metrics/format-date';
import { DrillPage } from './DrillPage';
import { useDrill } from './use-drill';

const dash = '–';
const told = (flag: boolean | null, word: string): string => (flag ? word : '');

/** The lines that a sum adds up. */
export function Lines() {
  const { data, file, drilled } = useDrill(listLines, exportLines);
  const currency = data?.meta.currency ?? 'USD';
  const named = data?.items[0]?.shopper !== undefined;
  const sized = data?.items.some(({ volume }) => volume !== null) ?? false;
  return (
    <DrillPage
      title="Lines"
      heading="The lines under the number"
      drilled={drilled}
      file={file}
      summary={
        data &&
        `All of them: ${formatUnit('money', data.totals.value, { currency })} and ${formatUnit('units', data.totals.units)} units.`
      }
      table={
        data && {
          columns: [
            { label: 'Date' },
            { label: 'Store' },
            { label: 'Receipt' },
            ...(named ? [{ label: 'Shopper' }] : []),
            { label: 'Product' },
            { label: 'Brand' },
            { label: 'Units', numeric: true },
            ...(sized ? [{ label: 'Volume', numeric: true }] : []),
            { label: 'Amount', numeric: true },
            { label: 'Note' },
            { label: 'Import, row' },
          ],
          rows: data.items.map((line) => [
            formatDate(line.date),
            line.store ?? dash,
            line.receipt ?? dash,
            ...(named ? [line.shopper ?? dash] : []),
            line.productName,
            line.brand,
            formatUnit('units', line.units),
            ...(sized ? [formatUnit('volume', line.volume, { volumeUnit: line.volumeUnit ?? undefined })] : []),
            formatUnit('money', line.amount, { currency }),
            [told(line.isReturn, 'return'), told(line.promoted, 'promotion')].filter(Boolean).join(', '),
            `${line.import}, ${line.row.toLocaleString('en-US')}`,
          ]),
        }
      }
    />
  );
}
