import 'server-only';
import { open, type FileHandle } from 'node:fs/promises';
import { ApiError } from '@/lib/contract/errors';

// The files of old Office programs: a small file system of sectors, each chained to the next in a table.
// [MS-CFB]; read piece by piece, as nothing but that table has to be in memory.

const END = 0xfffffffa;
const NONE = 0xffffffff;
const ENTRY = 128;
const PIECE = 64 * 1024;
const MOST_ENTRIES = 100_000;

export const damagedBook = (why: string): ApiError =>
  new ApiError('unprocessable', `The workbook is damaged or cut off: ${why}.`);

interface Stream {
  start: number;
  size: number;
}

export class CompoundFile {
  private readonly streams = new Map<string, Stream>();
  private table: Uint32Array = new Uint32Array();
  private small: Uint32Array = new Uint32Array();
  private root: Stream = { start: NONE, size: 0 };

  private constructor(
    private readonly file: FileHandle,
    private readonly size: number,
    private readonly sector: number,
    private readonly smallSector: number,
    private readonly smallBelow: number,
  ) {}

  static async open(path: string): Promise<CompoundFile> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const head = Buffer.alloc(512);
      if ((await file.read(head, 0, 512, 0)).bytesRead < 512) throw damagedBook('its beginning is missing');
      const [shift, smallShift] = [head.readUInt16LE(30), head.readUInt16LE(32)];
      if ((shift !== 9 && shift !== 12) || smallShift !== 6) throw damagedBook('its sectors have no size');
      const found = new CompoundFile(file, size, 1 << shift, 1 << smallShift, head.readUInt32LE(56));
      await found.readTables(head);
      return found;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.streams.has(name);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private get sectors(): number {
    return Math.ceil(this.size / this.sector);
  }

  private async readSector(at: number): Promise<Buffer> {
    const bytes = Buffer.alloc(this.sector);
    const { bytesRead } = await this.file.read(bytes, 0, this.sector, (at + 1) * this.sector);
    if (bytesRead === 0) throw damagedBook('a part of it lies behind its end');
    return bytes;
  }

  /** The sectors of a stream, in order. */
  private chain(table: Uint32Array, start: number): number[] {
    const found: number[] = [];
    for (let at = start; at < END; at = table[at]!) {
      if (at >= table.length || found.length > table.length) throw damagedBook('its parts are chained to no end');
      found.push(at);
    }
    return found;
  }

  private async readTables(head: Buffer): Promise<void> {
    const parts: number[] = [];
    for (let at = 76; at < 512; at += 4) parts.push(head.readUInt32LE(at));
    let more = head.readUInt32LE(68);
    for (let count = 0; more < END; count += 1) {
      if (count > this.sectors) throw damagedBook('its parts are chained to no end');
      const bytes = await this.readSector(more);
      for (let at = 0; at < this.sector - 4; at += 4) parts.push(bytes.readUInt32LE(at));
      more = bytes.readUInt32LE(this.sector - 4);
    }
    const used = parts.filter((part) => part < END);
    if (used.length > this.sectors) throw damagedBook('its table of parts is longer than the file');
    this.table = await this.readNumbers(used);
    const smallStart = head.readUInt32LE(60);
    this.small = await this.readNumbers(smallStart < END ? this.chain(this.table, smallStart) : []);
    for (const at of this.chain(this.table, head.readUInt32LE(48))) this.readEntries(await this.readSector(at));
  }

  private async readNumbers(sectors: number[]): Promise<Uint32Array> {
    const numbers = new Uint32Array((sectors.length * this.sector) / 4);
    let to = 0;
    for (const at of sectors) {
      const bytes = await this.readSector(at);
      for (let from = 0; from < this.sector; from += 4) numbers[to++] = bytes.readUInt32LE(from);
    }
    return numbers;
  }

  private readEntries(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && this.streams.size < MOST_ENTRIES; at += ENTRY) {
      const length = Math.min(64, bytes.readUInt16LE(at + 64));
      const name = bytes.toString('utf16le', at, at + Math.max(0, length - 2));
      const stream = { start: bytes.readUInt32LE(at + 116), size: bytes.readUInt32LE(at + 120) };
      const type = bytes[at + 66];
      if (type === 5) this.root = stream;
      else if (type === 2 && !this.streams.has(name)) this.streams.set(name, stream);
    }
  }

  /** The bytes of a stream from a place on, piece by piece. */
  async *read(name: string, from = 0): AsyncGenerator<Buffer> {
    const stream = this.streams.get(name);
    if (!stream) throw damagedBook(`it has no part "${name}"`);
    if (stream.size < this.smallBelow) {
      yield (await this.readSmall(stream)).subarray(from);
      return;
    }
    const chain = this.chain(this.table, stream.start);
    const size = Math.min(stream.size, chain.length * this.sector);
    for (let at = Math.floor(from / this.sector); at * this.sector < size;) {
      // Sectors that stand side by side are read at once.
      let count = 1;
      while (count * this.sector < PIECE && chain[at + count] === chain[at]! + count) count += 1;
      const bytes = Buffer.alloc(count * this.sector);
      const { bytesRead } = await this.file.read(bytes, 0, bytes.length, (chain[at]! + 1) * this.sector);
      const end = Math.min(bytesRead, size - at * this.sector);
      yield bytes.subarray(Math.max(0, from - at * this.sector), end);
      if (bytesRead < bytes.length) return;
      at += count;
    }
  }

  /** Short streams share sectors: they stand in a stream of their own, that of the root. */
  private async readSmall({ start, size }: Stream): Promise<Buffer> {
    const places = this.chain(this.table, this.root.start);
    const each = this.sector / this.smallSector;
    const parts: Buffer[] = [];
    for (const at of this.chain(this.small, start)) {
      const place = places[Math.floor(at / each)];
      if (place === undefined) throw damagedBook('a part of it lies behind its end');
      const from = (at % each) * this.smallSector;
      parts.push((await this.readSector(place)).subarray(from, from + this.smallSector));
    }
    return Buffer.concat(parts).subarray(0, size);
  }
}
