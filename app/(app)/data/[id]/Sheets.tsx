import type { Source } from '@/lib/contract/reading';
import { formatCount } from '@/components/imports/states';
import { PlainTable } from '@/components/ui/PlainTable';
import classes from './wizard.module.css';

/** What of each sheet is read, where several are read as one table. */
export function Sheets({ source, joined }: { source: Source; joined: NonNullable<Source['joined']> }) {
  const sheets = source.sheets ?? joined.map(({ sheet }) => sheet);
  const leftOf = (sheet: string, left: number | undefined): string => {
    if (left === undefined)
      return source.hidden?.includes(sheet) ? 'All of it: hidden' : 'All of it: another header or none';
    if (left === 0) return '';
    return left === 1 ? '1 row below the table' : `${formatCount(left)} rows below the table`;
  };
  return (
    <div className={classes.sheets}>
      <PlainTable
        caption="Sheets read as one"
        maxHeight={260}
        data={{
          columns: [{ label: 'Sheet' }, { label: 'Rows', numeric: true }, { label: 'Left out', wraps: true }],
          rows: sheets.map((sheet) => {
            const found = joined.find((one) => one.sheet === sheet);
            return [sheet, formatCount(found?.rows ?? null), leftOf(sheet, found?.left)];
          }),
        }}
      />
    </div>
  );
}
