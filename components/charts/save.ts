import type { TableData } from '@/components/ui/PlainTable';
import { csvCell } from '@/lib/contract/csv';

/** Numbers in full, not as they are shown. */
export function toCsv({ columns, rows, raw }: TableData): string {
  const head = columns.map(({ label }) => label);
  return [head, ...(raw ?? rows)].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

const fileName = (title: string, ending: string): string =>
  `${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.${ending}`;

function save(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

export function saveCsv(title: string, data: TableData): void {
  // The mark at the start tells spreadsheets that it is UTF-8.
  const href = URL.createObjectURL(new Blob(['\uFEFF', toCsv(data)], { type: 'text/csv;charset=utf-8' }));
  save(href, fileName(title, 'csv'));
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** A picture of the panel, without its buttons and what the pointer brought up. */
export async function savePng(title: string, node: HTMLElement): Promise<void> {
  const { toPng } = await import('html-to-image');
  const href = await toPng(node, {
    pixelRatio: 2,
    backgroundColor: getComputedStyle(node).backgroundColor,
    filter: (part) =>
      !(
        part instanceof Element &&
        part.matches('[data-export="no"], .recharts-tooltip-wrapper, .recharts-tooltip-cursor')
      ),
  });
  save(href, fileName(title, 'png'));
}
