import 'server-only';
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { plainCell } from '@/lib/contract/csv';
import type { Follow } from './follow';

const PIECE = 256 * 1024;

/** Writes rows to a file as plain CSV. Rows are taken at once; `flush` waits where the disk is slower. */
export class CsvFile {
  /** How many rows it will have, where that is known. */
  total: number | null = null;
  private rows = 0;
  private text = '';
  private readonly file: WriteStream;
  private readonly done: Promise<void>;

  constructor(
    path: string,
    private readonly follow?: Follow,
  ) {
    this.file = createWriteStream(path);
    this.done = finished(this.file);
    this.done.catch(() => undefined);
  }

  row(cells: readonly string[]): void {
    // A line without anything on it would be none: a table of one column may have an empty value.
    this.rows += 1;
    this.text += `${cells.map(plainCell).join(',')}\r\n`;
  }

  async flush(): Promise<void> {
    if (this.text.length < PIECE) return;
    const text = this.text;
    this.text = '';
    await this.follow?.({ stage: 'converting', done: this.rows, total: this.total });
    if (!this.file.write(text)) await Promise.race([once(this.file, 'drain'), this.done]);
  }

  async end(): Promise<void> {
    this.file.end(this.text);
    this.text = '';
    await this.done;
  }

  destroy(): void {
    this.file.destroy();
  }
}
