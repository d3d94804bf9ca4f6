import 'server-only';
import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ApiError } from '@/lib/contract/errors';

/**
 * A file that grows page by page. How long it is, the checkpoint says: what a run wrote beyond that before it was killed was
 * not kept, and is cut off.
 */
export class Gathered {
  private constructor(
    private readonly file: FileHandle,
    private size: number,
  ) {}

  static async open(path: string, bytes: number): Promise<Gathered> {
    await mkdir(dirname(path), { recursive: true });
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size < bytes) throw new ApiError('conflict', 'What was gathered before is gone; the next run begins anew.');
    const file = await open(path, bytes === 0 ? 'w' : 'r+');
    await file.truncate(bytes);
    return new Gathered(file, bytes);
  }

  /** Appends, and answers how long the file is then: on the disk, not only on its way there. */
  async append(text: string): Promise<number> {
    if (text !== '') {
      const { bytesWritten } = await this.file.write(text, this.size, 'utf8');
      await this.file.datasync();
      this.size += bytesWritten;
    }
    return this.size;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
