/** From so many on they are not kept: whoever wants them looks for them in the lines. */
const MOST = 1 << 18;

/** The different names of a column, in the order in which they come. Asked about places in a text: most were there before. */
export class Names {
  private readonly names: string[] = [];
  /** Where a name is among the names, plus one; four times as many as names at least, so that few are in another's place. */
  private slots = new Int32Array(1 << 10);
  private overflowed = false;

  /** All of them; null where they are too many. */
  get all(): readonly string[] | null {
    return this.overflowed ? null : this.names;
  }

  /** Which one stands there in the text; -1 where there are too many to know. */
  at(text: string, from: number, to: number): number {
    const { names, slots } = this;
    const mask = slots.length - 1;
    let slot = hashOf(text, from, to) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = slots[slot]! - 1;
      if (same(names[known]!, text, from, to)) return known;
    }
    if (names.length === MOST) {
      this.overflowed = true;
      return -1;
    }
    slots[slot] = names.push(copyOf(text.slice(from, to)));
    if (names.length * 4 > slots.length) this.spread();
    return names.length - 1;
  }

  private spread(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (const [at, name] of this.names.entries()) {
      let slot = hashOf(name, 0, name.length) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at + 1;
    }
    this.slots = slots;
  }
}

export function hashOf(text: string, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  // Names that count up would stand side by side, and be looked for one after another.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function same(name: string, text: string, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let at = 0; at < name.length; at += 1) if (name.charCodeAt(at) !== text.charCodeAt(from + at)) return false;
  return true;
}

/** Of its own: a part of a text would keep the whole chunk of file that it was cut from. */
export const copyOf = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
