/** What separates values. */
export const delimiters: Record<string, string> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Pipe',
  ':': 'Colon',
  ' ': 'Blank',
  ', ': 'Comma and blank',
  '  ': 'Blanks between aligned columns',
  '||': 'Two pipes',
  ';;': 'Two semicolons',
  '\t\t': 'Two tabs',
  '+-+': 'Drawn lines, as in Markdown',
};

/** What ends a row, where it is not a line break alone. */
export const endings: Record<string, string> = {
  '\n': 'Line breaks',
  '\u001e': 'Record separator',
  '\u2028': 'Line separator of Unicode',
  '\u0085': 'Next line',
  '\f': 'Form feed',
  '\v': 'Vertical tab',
  '\\n': 'A written \\n',
  '|': 'Pipe',
  ';': 'Semicolon',
  '~': 'Tilde',
};

const unseen = /(\r\n|[\r\n\t ]|[\p{Cc}\p{Zl}\p{Zp}])/u;

function nameUnseen(part: string): string {
  if (/[\r\n]/.test(part)) return 'a line break';
  if (part === '\t') return 'a tab';
  if (part === ' ') return 'a blank';
  return `U+${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A sign by its name; in one without a name, what cannot be seen is named: "| and a line break". */
export const nameSign = (sign: string, names: Record<string, string>): string =>
  names[sign] ??
  sign
    .split(unseen)
    .filter((part) => part !== '')
    .map((part) => (unseen.test(part) ? nameUnseen(part) : part))
    .join(' and ');
