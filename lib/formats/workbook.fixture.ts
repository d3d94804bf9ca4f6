import { zipOf } from './tables.fixture';

/** A cell: a text, a number as it stands in the file with the place of its format in `formats`, or the XML of another kind. */
export type Cell = string | null | { n: string; format?: number } | { xml: string };

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\r/g, '_x000D_');
const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
const part = (body: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Book {
  /** Rows by sheet; `null` is a row that is not there. */
  sheets: Record<string, (Cell[] | null)[]>;
  hidden?: string[];
  formats?: string[];
  date1904?: boolean;
  /** Texts stand in the cells, and cells don't say where they are. */
  inline?: boolean;
}

export function workbook({ sheets, hidden = [], formats = [], date1904, inline }: Book): Promise<Buffer> {
  const shared: string[] = [];
  const cell = (value: Cell, row: number, column: number): string => {
    if (value === null) return inline ? '<c/>' : '';
    const at = inline ? '' : ` r="${letters(column)}${row}"`;
    if (typeof value === 'string') {
      if (inline) return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
      return `<c${at} t="s"><v>${shared.push(value) - 1}</v></c>`;
    }
    if ('xml' in value) return value.xml;
    return `<c${at}${value.format === undefined ? '' : ` s="${value.format + 1}"`}><v>${value.n}</v></c>`;
  };
  const names = Object.keys(sheets);
  const files: Record<string, string> = {};
  Object.values(sheets).forEach((rows, at) => {
    const body = rows.map((cells, index) =>
      cells === null
        ? ''
        : `<row${inline ? '' : ` r="${index + 1}"`}>${cells.map((value, column) => cell(value, index + 1, column)).join('')}</row>`,
    );
    files[`xl/worksheets/sheet${at + 1}.xml`] = part(`<worksheet><sheetData>${body.join('')}</sheetData></worksheet>`);
  });
  const listed = names.map(
    (name, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="r${at}"/>`,
  );
  const relations = names.map(
    (_, at) => `<Relationship Id="r${at}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const more = ['sharedStrings', 'styles'].map(
    (type) => `<Relationship Id="${type}" Type="${OFFICE}/${type}" Target="/xl/${type}.xml"/>`,
  );
  return zipOf({
    ...files,
    '[Content_Types].xml': part('<Types/>'),
    'xl/workbook.xml': part(
      `<workbook xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': part(`<Relationships>${relations.join('')}${more.join('')}</Relationships>`),
    'xl/sharedStrings.xml': part(
      `<sst>${shared.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t><rPh><t>ruby</t></rPh></si>`).join('')}</sst>`,
    ),
    'xl/styles.xml': part(
      `<styleSheet><numFmts>${formats.map((format, at) => `<numFmt numFmtId="${200 + at}" formatCode="${escaped(format)}"/>`).join('')}</numFmts>` +
        `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
    ),
  });
}
