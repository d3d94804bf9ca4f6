import 'server-only';
import { posix } from 'node:path';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { showerOf, type Show } from './excel-cells';
import { weighSheet } from './look-sheet';
import { readSheet } from './read-sheet';
import { writeSheet } from './choose-sheet';
import type { Archive } from './unzip';
import type { CsvFile } from './write-csv';
import { followXml, type Attributes } from './xml';

/** Characters. */
const MOST_SHARED = 200_000_000;

interface Sheet {
  name: string;
  path: string;
  hidden: boolean;
}

/** Writes a sheet of a workbook as CSV: the one that is named, else the first that is shown and holds a table. */
export async function readXlsx(
  archive: Archive,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const { sheets, from1904, stringsPath, stylesPath } = await readWorkbook(archive);
  const strings = stringsPath === null ? [] : await readStrings(archive, stringsPath);
  const styles = stylesPath === null ? [] : await readStyles(archive, stylesPath, from1904);
  const tables = sheets.map(({ path, ...sheet }) => ({
    ...sheet,
    weigh: () => weighSheet(archive.read(path)),
    write: () => readSheet(archive.read(path), { strings, styles }, csv),
  }));
  return writeSheet(tables, wanted);
}

interface Workbook {
  sheets: Sheet[];
  from1904: boolean;
  stringsPath: string | null;
  stylesPath: string | null;
}

async function readWorkbook(archive: Archive): Promise<Workbook> {
  const found: Omit<Sheet, 'path'>[] = [];
  const ids: string[] = [];
  let from1904 = false;
  await followXml(archive.read('xl/workbook.xml'), {
    open: (name, { date1904, name: title = '', id = '', state }) => {
      if (name === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true';
      if (name !== 'sheet') return;
      found.push({ name: title, hidden: state === 'hidden' || state === 'veryHidden' });
      ids.push(id);
    },
  });
  const parts: { id: string; type: string; path: string }[] = [];
  await followXml(archive.read('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return;
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target);
      parts.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), path });
    },
  });
  const pathOf = (wanted: string): string | null =>
    parts.find(({ type, path }) => type === wanted && archive.has(path))?.path ?? null;
  const sheets = found.flatMap((sheet, at) => {
    const part = parts.find(({ id, type }) => id === ids[at] && type === 'worksheet');
    return part && archive.has(part.path) ? [{ ...sheet, path: part.path }] : [];
  });
  return { sheets, from1904, stringsPath: pathOf('sharedStrings'), stylesPath: pathOf('styles') };
}

/** The texts that cells share. They are kept in memory, once each. */
async function readStrings(archive: Archive, path: string): Promise<string[]> {
  const strings: string[] = [];
  let size = 0;
  let text = '';
  let inText = false;
  let phonetic = false;
  await followXml(archive.read(path), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      if (name === 'si') {
        strings.push(text);
        size += text.length;
        if (size > MOST_SHARED)
          throw new ApiError(
            'too_large',
            'The workbook holds more text than can be kept in mind; save the sheet as CSV.',
          );
      } else if (name === 'rPh') phonetic = false;
      else if (name === 't') inText = false;
    },
  });
  return strings;
}

/** How the numbers of each cell style are written. */
async function readStyles(archive: Archive, path: string, from1904: boolean): Promise<Show[]> {
  const customs = new Map<number, string>();
  const styles: Show[] = [];
  let inStyles = false;
  await followXml(archive.read(path), {
    open: (name, { numFmtId = '0', formatCode = '' }: Attributes) => {
      if (name === 'numFmt') customs.set(Number(numFmtId), formatCode);
      else if (name === 'cellXfs') inStyles = true;
      else if (name === 'xf' && inStyles)
        styles.push(showerOf(Number(numFmtId), customs.get(Number(numFmtId)), from1904));
    },
    close: (name) => {
      if (name === 'cellXfs') inStyles = false;
    },
  });
  return styles;
}
