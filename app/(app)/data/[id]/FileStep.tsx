'use client';

import { Button, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { encodings, quotes, unnamedOf, type Detected, type Source } from '@/lib/contract/reading';
import { DroppedFixes } from '@/components/imports/DroppedFixes';
import { fileSize, kindNames } from '@/components/imports/states';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import styles from '@/components/imports/imports.module.css';
import { ReadingForm } from './ReadingForm';
import { Sheets } from './Sheets';
import { delimiters, endings, nameSign } from './signs';
import classes from './wizard.module.css';

const formats = {
  csv: 'CSV',
  json: 'JSON',
  xlsx: 'Excel workbook',
  xls: 'Old Excel workbook',
  ods: 'OpenDocument spreadsheet',
  parquet: 'Parquet',
  html: 'Web page (HTML)',
  xml: 'XML workbook',
} as const satisfies Record<Source['format'], string>;

/** ", 2 of 3", where there is a choice. */
function placeOf(chosen: string, all: string[] | undefined): string {
  return all ? `, ${all.indexOf(chosen) + 1} of ${all.length}` : '';
}

interface Props {
  detail: ImportDetail;
  detected: Detected;
  /** Null for those who may only look. */
  onNext: (() => void) | null;
}

/** What the file seems to be, with its first rows: the place to notice that it is the wrong one. */
export function FileStep({ detail, detected, onNext }: Props) {
  const { source, columns, preview, delimiter, encoding, header, quote = '"', firstRow = 1, confidence } = detected;
  const { escape, ending, lastRow } = detected;
  const unnamed = unnamedOf(detected).length;
  const isText = !source || source.format === 'csv';
  const headerRows = detected.headerRows ?? 1;
  const named = headerRows > 1 ? `Rows ${firstRow} to ${firstRow + headerRows - 1}` : `Row ${firstRow}`;
  const sure = confidence === undefined || !isText ? '' : `, ${Math.round(confidence * 100)}% sure`;
  return (
    <>
      <DroppedFixes detail={detail} />
      <Panel title="What we understood" subtitle={`${detail.fileName}, ${fileSize(detail.fileSize)}${sure}`}>
        <dl className={styles.stats}>
          <div>
            <dt>Seems to hold</dt>
            <dd>{kindNames[detail.kind]}</dd>
          </div>
          <div>
            <dt>Columns</dt>
            <dd>
              {columns.length}
              {unnamed > 0 && `, ${unnamed} without a name`}
            </dd>
          </div>
          <div>
            <dt>Header</dt>
            <dd>
              {header === false
                ? 'None: columns are numbered'
                : source?.joined
                  ? 'The same in each sheet'
                  : source?.named
                    ? 'Names of the fields'
                    : named}
            </dd>
          </div>
          {lastRow !== undefined && (
            <div>
              <dt>Table ends in</dt>
              <dd>Row {lastRow.toLocaleString('en-US')}</dd>
            </div>
          )}
          {source?.member !== undefined && (
            <div>
              <dt>File in the archive{placeOf(source.member, source.members)}</dt>
              <dd>{source.member}</dd>
            </div>
          )}
          {isText ? (
            <>
              <div>
                <dt>Delimiter</dt>
                <dd>{nameSign(delimiter, delimiters)}</dd>
              </div>
              <div>
                <dt>Quotes</dt>
                <dd>
                  {quotes[quote]}
                  {escape && ', behind backslashes inside of values'}
                </dd>
              </div>
              {ending !== undefined && (
                <div>
                  <dt>Rows end with</dt>
                  <dd>{nameSign(ending, endings)}</dd>
                </div>
              )}
              <div>
                <dt>Encoding</dt>
                <dd>{encodings[encoding as keyof typeof encodings] ?? encoding}</dd>
              </div>
            </>
          ) : (
            <div>
              <dt>Format</dt>
              <dd>{formats[source.format]}</dd>
            </div>
          )}
          {source?.joined && (
            <div>
              <dt>Sheets read as one</dt>
              <dd>
                {source.joined.length} of {source.sheets?.length ?? source.joined.length}
              </dd>
            </div>
          )}
          {source?.sheet !== undefined && !source.joined && (
            <div>
              <dt>
                {source.format === 'json' ? 'Array' : 'Sheet'}
                {placeOf(source.sheet, source.sheets)}
              </dt>
              <dd>{source.sheet}</dd>
            </div>
          )}
        </dl>
        {source?.joined && <Sheets source={source} joined={source.joined} />}
        {onNext && <ReadingForm detail={detail} detected={detected} />}
      </Panel>
      <Panel
        title="First rows"
        subtitle={
          preview.length === 1 ? 'The row as it stands in the file' : `${preview.length} rows as they stand in the file`
        }
      >
        <div className={classes.preview}>
          <PlainTable
            caption="First rows of the file"
            maxHeight={380}
            data={{ columns: columns.map(({ name }) => ({ label: name })), rows: preview }}
          />
        </div>
      </Panel>
      {onNext && (
        <Group justify="flex-end">
          <Button size="sm" rightSection={<IconArrowRight size={15} />} onClick={onNext}>
            Continue to columns
          </Button>
        </Group>
      )}
    </>
  );
}
