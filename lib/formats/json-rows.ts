import type { Token } from './tokens';

// Which values of a JSON text are rows, and what their cells are. A row is never kept as an object: its cells are told as
// they come, so that numbers stay the digits they are written with.

/** Where the rows of a JSON text are: its values one by one, or the elements of the array under these keys. */
export type RowsAt = 'values' | readonly string[];

export interface RowTaker {
  /** A cell of the row in hand; `path` joins the keys of nested objects with dots, or numbers the place in an array. */
  cell: (path: string, text: string) => void;
  /** The row is complete; `listed`: it is an array, whose cells have numbers for names. */
  end: (listed: boolean) => void;
}

const opens = (token: Token): boolean => token.name === 'startObject' || token.name === 'startArray';
const closes = (token: Token): boolean => token.name === 'endObject' || token.name === 'endArray';
const textOf = (token: Token): string => (token.name === 'nullValue' || !('value' in token) ? '' : String(token.value));

/** What stands above the value in hand: the key it is under, or how many elements came before it. */
interface Level {
  array: boolean;
  key: string;
  count: number;
}

/** Follows the tokens of a JSON text, and tells the cells of its rows. */
export class JsonRows {
  private readonly above: Level[] = [];
  private row: RowCells | null = null;
  /** Rows that are complete. */
  count = 0;

  constructor(
    private readonly at: RowsAt,
    private readonly taker: RowTaker,
  ) {}

  push = (token: Token): void => {
    if (this.row === null) {
      if (token.name === 'keyValue') {
        this.above.at(-1)!.key = token.value;
        return;
      }
      if (closes(token)) {
        this.above.pop();
        return;
      }
      if (!this.isRow()) {
        if (opens(token)) this.above.push({ array: token.name === 'startArray', key: '', count: 0 });
        return;
      }
      this.row = new RowCells(this.taker.cell);
    }
    if (!this.row.push(token)) return;
    this.count += 1;
    this.taker.end(this.row.listed);
    this.row = null;
  };

  private isRow(): boolean {
    const { at, above } = this;
    if (at === 'values') return above.length === 0;
    return (
      above.length === at.length + 1 && above.at(-1)!.array && at.every((key, level) => keyOf(above[level]) === key)
    );
  }
}
const keyOf = (level: Level | undefined): string | null => (level && !level.array ? level.key : null);

/** One row: objects inside of it become paths, arrays inside of it stay JSON text. */
class RowCells {
  private readonly above: Level[] = [];
  private nested: JsonText | null = null;
  listed = false;

  constructor(private readonly cell: RowTaker['cell']) {}

  /** True: the row is complete. */
  push(token: Token): boolean {
    const { above } = this;
    if (this.nested) {
      if (this.nested.push(token)) {
        this.tell(this.nested.text);
        this.nested = null;
      }
      return false;
    }
    if (token.name === 'keyValue') {
      above.at(-1)!.key = token.value;
      return false;
    }
    if (closes(token)) {
      above.pop();
      if (above.length > 0) this.next();
      return above.length === 0;
    }
    if (token.name === 'startObject' && !this.listed) {
      above.push({ array: false, key: '', count: 0 });
      return false;
    }
    if (token.name === 'startArray' && above.length === 0) {
      this.listed = true;
      above.push({ array: true, key: '', count: 0 });
      return false;
    }
    if (opens(token)) {
      this.nested = new JsonText();
      this.nested.push(token);
      return false;
    }
    this.tell(textOf(token));
    return above.length === 0;
  }

  private tell(text: string): void {
    const path = this.above.map(({ array, key, count }) => (array ? String(count + 1) : key)).join('.');
    if (path !== '' || text !== '') this.cell(path || 'value', text);
    this.next();
  }

  private next(): void {
    const level = this.above.at(-1);
    if (level) level.count += 1;
  }
}

/** A value as JSON text again. */
class JsonText {
  private depth = 0;
  private first = true;
  text = '';

  /** True: the value is complete. */
  push(token: Token): boolean {
    if (closes(token)) {
      this.depth -= 1;
      this.text += token.name === 'endObject' ? '}' : ']';
      this.first = false;
      return this.depth === 0;
    }
    if (!this.first) this.text += ',';
    this.first = false;
    if (token.name === 'keyValue') {
      this.text += `${JSON.stringify(token.value)}:`;
      this.first = true;
    } else if (opens(token)) {
      this.depth += 1;
      this.text += token.name === 'startObject' ? '{' : '[';
      this.first = true;
    } else if (token.name === 'stringValue') this.text += JSON.stringify(token.value);
    else this.text += token.name === 'nullValue' ? 'null' : textOf(token);
    return false;
  }
}

/** Finds where the rows are: all arrays of objects or arrays that stand in objects alone, and whether values follow each other. */
export class JsonShape {
  private readonly above: Level[] = [];
  /** Complete values at the top. */
  values = 0;
  /** The first value is an array of rows. */
  listOfRows = false;
  readonly arrays: string[][] = [];
  private readonly known = new Set<string>();

  /** Nothing further can change what is known. */
  get settled(): boolean {
    return this.listOfRows || this.values > 1;
  }

  push = (token: Token): void => {
    const { above } = this;
    const level = above.at(-1);
    if (token.name === 'keyValue') {
      level!.key = token.value;
      return;
    }
    if (closes(token)) {
      above.pop();
      if (above.length === 0) this.values += 1;
      return;
    }
    const first = level?.count === 0;
    if (level) level.count += 1;
    if (!opens(token)) {
      if (above.length === 0) this.values += 1;
      return;
    }
    // The second one has begun.
    if (above.length === 0 && this.values > 0) this.values += 1;
    if (level?.array && first && above.slice(0, -1).every(({ array }) => !array)) {
      const path = above.slice(0, -1).map(({ key }) => key);
      if (path.length === 0) this.listOfRows = true;
      if (!this.known.has(path.join('\n'))) this.arrays.push(path);
      this.known.add(path.join('\n'));
    }
    above.push({ array: token.name === 'startArray', key: '', count: 0 });
  };
}
