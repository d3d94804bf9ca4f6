// Old Excel workbooks for tests, as [MS-XLS] and [MS-CFB] say, made anew of their records.

export const record = (kind: number, ...body: Buffer[]): Buffer => {
  const bytes = Buffer.concat(body);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(kind, 0);
  head.writeUInt16LE(bytes.length, 2);
  return Buffer.concat([head, bytes]);
};
export const u16 = (...values: number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.from([value & 255, value >> 8])));
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
export const real = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};
/** A text without its length; wide where it holds more than Latin letters. */
const chars = (text: string): Buffer =>
  /^[\0-\u00ff]*$/.test(text)
    ? Buffer.concat([Buffer.from([0]), Buffer.from(text, 'latin1')])
    : Buffer.concat([Buffer.from([1]), Buffer.from(text, 'utf16le')]);
export const long = (text: string): Buffer => Buffer.concat([u16(text.length), chars(text)]);
const short = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), chars(text)]);

const begin = (type: number): Buffer => record(0x809, u16(0x600, type, 0, 0), u32(0), u32(0));
const end = record(0x0a);

export interface OldBook {
  /** Records of cells by sheet. */
  sheets: { name: string; hidden?: boolean; cells: Buffer[] }[];
  /** Texts that cells share, and after how many bytes of them another record goes on. */
  texts?: Buffer[];
  /** Number formats; styles 1, 2, … have them in this order. */
  formats?: string[];
  date1904?: boolean;
  /** Further records at the beginning. */
  more?: Buffer[];
}

/** The records of a workbook. */
export function recordsOfBook({ sheets, texts = [], formats = [], date1904, more = [] }: OldBook): Buffer {
  const style = (format: number): Buffer => record(0xe0, u16(0, format), Buffer.alloc(16));
  const head = (places: number[]): Buffer =>
    Buffer.concat([
      begin(5),
      ...more,
      record(0x22, u16(date1904 ? 1 : 0)),
      ...formats.map((format, at) => record(0x41e, u16(200 + at), long(format))),
      style(0),
      ...formats.map((_, at) => style(200 + at)),
      ...sheets.map(({ name, hidden }, at) =>
        record(0x85, u32(places[at] ?? 0), Buffer.from([hidden ? 1 : 0, 0]), short(name)),
      ),
      ...texts,
      end,
    ]);
  const bodies = sheets.map(({ cells }) => Buffer.concat([begin(0x10), ...cells, end]));
  let place = head([]).length;
  const places = bodies.map((body) => (place += body.length) - body.length);
  return Buffer.concat([head(places), ...bodies]);
}

const SECTOR = 512;

/** A file of one stream; a short one stands among the small ones, in a stream of their own. */
export function compound(name: string, content: Buffer): Buffer {
  const small = content.length < 4096;
  const padded = (bytes: Buffer): Buffer =>
    Buffer.concat([bytes, Buffer.alloc((SECTOR - (bytes.length % SECTOR)) % SECTOR)]);
  const body = padded(content);
  const count = body.length / SECTOR;
  const table: number[] = [];
  const chain = (length: number): number => {
    const start = table.length;
    for (let at = 1; at <= length; at += 1) table.push(at === length ? 0xfffffffe : start + at);
    return start;
  };
  const bodyStart = chain(count);
  const directory = chain(1);
  const smallTable = small ? chain(1) : 0xfffffffe;
  const tables = Math.ceil((table.length + 2) / 128);
  const tableStart = table.length;
  for (let at = 0; at < tables; at += 1) table.push(0xfffffffd);
  while (table.length % 128 > 0) table.push(0xffffffff);
  const entry = (title: string, type: number, start: number, size: number): Buffer => {
    const bytes = Buffer.alloc(128);
    bytes.write(title, 0, 'utf16le');
    bytes.writeUInt16LE(2 * title.length + 2, 64);
    bytes[66] = type;
    bytes.writeUInt32LE(start, 116);
    bytes.writeUInt32LE(size, 120);
    return bytes;
  };
  const head = Buffer.alloc(SECTOR, 0xff);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  head.fill(0, 8, 76);
  head.writeUInt16LE(3, 26);
  head.writeUInt16LE(9, 30);
  head.writeUInt16LE(6, 32);
  head.writeUInt32LE(tables, 44);
  head.writeUInt32LE(directory, 48);
  head.writeUInt32LE(4096, 56);
  head.writeUInt32LE(smallTable, 60);
  head.writeUInt32LE(0xfffffffe, 68);
  for (let at = 0; at < tables; at += 1) head.writeUInt32LE(tableStart + at, 76 + 4 * at);
  const smalls = Math.ceil(content.length / 64);
  const smallChain = Buffer.concat(
    Array.from({ length: 128 }, (_, at) => u32(at < smalls - 1 ? at + 1 : at === smalls - 1 ? 0xfffffffe : 0xffffffff)),
  );
  return Buffer.concat([
    head,
    body,
    padded(
      Buffer.concat([
        entry('Root Entry', 5, small ? bodyStart : 0xfffffffe, small ? body.length : 0),
        entry(name, 2, small ? 0 : bodyStart, content.length),
      ]),
    ),
    ...(small ? [smallChain] : []),
    Buffer.concat(table.map(u32)),
  ]);
}

export const oldWorkbook = (book: OldBook): Buffer => compound('Workbook', recordsOfBook(book));
/** A cell that holds its text itself. */
export const textCell = (row: number, column: number, text: string): Buffer =>
  record(0x204, u16(row, column, 0), long(text));
export const numberCell = (row: number, column: number, value: number, style = 0): Buffer =>
  record(0x203, u16(row, column, style), real(value));
