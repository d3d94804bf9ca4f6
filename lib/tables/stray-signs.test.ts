import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// Signs that mean something else than they mostly do, names that look like values, and rows that look like notes.

const many = <T>(count: number, cell: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => cell(at));
const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;
const word = (at: number): string => ['oat', 'rye', 'malt', 'bran', 'corn'][at % 5]!;
const figures = (at: number): string => `${at},${word(at)},${at}.5`;

const files: Record<string, [text: string, rows: string[][]]> = {
  'names that number the columns': [
    lines('1,2,3', ...many(9, (at) => `${word(at)},${word(at + 1)},${at}.5`)),
    [['1', '2', '3'], ...many(9, (at) => [word(at), word(at + 1), `${at}.5`])],
  ],
  'names that number the columns from 0, beside those of the rows': [
    lines(',0,1,2', ...many(9, (at) => `${at},${at}.1,${at}.2,${at}.3`)),
    [['', '0', '1', '2'], ...many(9, (at) => [`${at}`, `${at}.1`, `${at}.2`, `${at}.3`])],
  ],
  'values and names that hold quotes': [
    lines('"""kind""","""name"""', ...many(9, (at) => `"""x""","""${word(at)} ${word(at + at)}"""`)),
    [['"kind"', '"name"'], ...many(9, (at) => ['"x"', `"${word(at)} ${word(at + at)}"`])],
  ],
  'names of groups that are said again for each column': [
    lines('Item,Item,Maker,Maker', 'name,mark,name,city', ...many(6, (at) => `${word(at)},u${word(at)},M,Bern`)),
    [
      ['Item name', 'Item mark', 'Maker name', 'Maker city'],
      ...many(6, (at) => [word(at), `u${word(at)}`, 'M', 'Bern']),
    ],
  ],
  'a first row of few values below a header that lacks a name': [
    lines('key,a,b,c,d,e,f', 'K0,,,,8.5,,,', ...many(9, (at) => `K${at + 1},,${at}.5,,,7.5,1.5,`), 'K10,1,,,,,,2'),
    [
      [...['key', 'a', 'b', 'c', 'd', 'e', 'f']],
      ['K0', '', '', '', '8.5', '', '', ''],
      ...many(9, (at) => [`K${at + 1}`, '', `${at}.5`, '', '', '7.5', '1.5', '']),
      ['K10', '1', '', '', '', '', '', '2'],
    ],
  ],
  'the header once more, below a blank row': [
    lines('name,n', ...many(6, (at) => `${word(at)},${at}`), '', 'name,n', ...many(3, (at) => `${word(at)},${at}`)),
    [['name', 'n'], ...[...many(6, Number), ...many(3, Number)].map((at) => [word(at), `${at}`])],
  ],
  'blanks between values, quotes around those that hold some': [
    lines('Key Said', ...many(9, (at) => `k${at} "Of ${word(at)}, more; and ${word(at + 1)}."`)),
    [['Key', 'Said'], ...many(9, (at) => [`k${at}`, `Of ${word(at)}, more; and ${word(at + 1)}.`])],
  ],
  'a sign that links hold, too': [
    lines(
      'url~visits~from',
      ...many(9, (at) => `https://shop.example/~x/${word(at)}?a=${at}~1${at}~(none)`),
    ).replaceAll('/~x', ''),
    [['url', 'visits', 'from'], ...many(9, (at) => [`https://shop.example/${word(at)}?a=${at}`, `1${at}`, '(none)'])],
  ],
  'delimiters behind backslashes in long texts': [
    lines('id,text,n', ...many(9, (at) => `${at},${many(at + 1, (n) => word(n)).join('\\, ')}; so\\, yes,5`)),
    [['id', 'text', 'n'], ...many(9, (at) => [`${at}`, `${many(at + 1, (n) => word(n)).join(', ')}; so, yes`, '5'])],
  ],
  'many lines above whose signs vary': [
    lines(
      'Of this list',
      ...many(9, (at) => `It holds ${many((at % 3) + 1, (n) => word(n)).join(', ')} and more.`),
      '',
      'name,made,kind',
      ...many(24, (at) => `u${word(at)},${at % 2 ? 'yes' : 'no'},dry`),
    ),
    [['name', 'made', 'kind'], ...many(24, (at) => [`u${word(at)}`, at % 2 ? 'yes' : 'no', 'dry'])],
  ],
  'sentences that hold the delimiter below a blank row': [
    lines('name,kind,use', ...many(9, (at) => `u${word(at)},dry,soup`), '', 'All of this is old, and it will change.'),
    [['name', 'kind', 'use'], ...many(9, (at) => [`u${word(at)}`, 'dry', 'soup'])],
  ],
  'a row of more values, one of which holds a sign between quotes': [
    lines('key,said', ...many(9, (at) => `k${at},"First ${word(at)}, then; more"`), 'k9,"Last; and, least",new,7'),
    [
      ['key', 'said'],
      ...many(9, (at) => [`k${at}`, `First ${word(at)}, then; more`]),
      ['k9', 'Last; and, least', 'new', '7'],
    ],
  ],
  'a row of more values, one of which holds another sign': [
    lines('key,said', ...many(9, (at) => `k${at},"First ${word(at)}, then; more"`), ',k9,Last; and least'),
    [['key', 'said'], ...many(9, (at) => [`k${at}`, `First ${word(at)}, then; more`]), ['', 'k9', 'Last; and least']],
  ],
  'places that are called totals': [
    lines('Market,Week,Sales', ...many(6, (at) => `Total US - Food,Week ${at},"1,${at}00"`)),
    [['Market', 'Week', 'Sales'], ...many(6, (at) => ['Total US - Food', `Week ${at}`, `1,${at}00`])],
  ],
  'places that are called totals, below others': [
    lines(
      'Market,Week,Sales',
      ...many(6, (at) => `Ohio,Week ${at},"1,${at}00"`),
      ...many(6, (at) => `Total US,Week ${at},"2,${at}00"`),
    ),
    [
      ['Market', 'Week', 'Sales'],
      ...many(6, (at) => ['Ohio', `Week ${at}`, `1,${at}00`]),
      ...many(6, (at) => ['Total US', `Week ${at}`, `2,${at}00`]),
    ],
  ],
  'a star before a total': [
    lines('| Plant|Qty|  Net|', ...many(6, (at) => `| 100${at} |  ${at}|${at},50|`), '|*     | 15|18,00|'),
    [['Plant', 'Qty', 'Net'], ...many(6, (at) => [`100${at}`, `${at}`, `${at},50`])],
  ],
  'days above numbers': [
    lines('Shop,2024-01-06,2024-01-13,2024-01-20', ...many(6, (at) => `${word(at)},${at},${at}.5,1${at}`)),
    [['Shop', '2024-01-06', '2024-01-13', '2024-01-20'], ...many(6, (at) => [word(at), `${at}`, `${at}.5`, `1${at}`])],
  ],
  'weeks above numbers': [
    lines('Item,Week Ending 01-07-23,Week Ending 01-14-23', ...many(6, (at) => `${word(at)},${at},${at}.5`)),
    [['Item', 'Week Ending 01-07-23', 'Week Ending 01-14-23'], ...many(6, (at) => [word(at), `${at}`, `${at}.5`])],
  ],
  'blanks around delimiters, where many values stand in quotes': [
    lines('id | said | n', ...many(9, (at) => `${at} | "${word(at)} | ""more""" | "1${at}"`)),
    [['id', 'said', 'n'], ...many(9, (at) => [`${at}`, `${word(at)} | "more"`, `1${at}`])],
  ],
  'a row that lacks the first quote of a value that holds delimiters': [
    lines(
      '"id","said","n"',
      ...many(9, (at) => `"${at}","${word(at)}, more","1"`),
      '"9",last, and least, of all,"1"'.replace('all,', 'all",'),
    ),
    [
      ['id', 'said', 'n'],
      ...many(9, (at) => [`${at}`, `${word(at)}, more`, '1']),
      ['9', 'last, and least, of all', '1'],
    ],
  ],
  'single quotes around all values, below a name too many': [
    lines(`'id','price','name'`, ...many(9, (at) => `'K${at}','4,${at}5'`)),
    [['id', 'price', 'name'], ...many(9, (at) => [`K${at}`, `4,${at}5`])],
  ],
  'a row with blanks between words of the table': [
    lines('user,active,plan', ...many(9, (at) => `u${word(at)},${at % 2 ? 'yes' : 'no'},free`), 'new no free'),
    [
      ['user', 'active', 'plan'],
      ...many(9, (at) => [`u${word(at)}`, at % 2 ? 'yes' : 'no', 'free']),
      ['new', 'no', 'free'],
    ],
  ],
  'lines drawn between groups of rows': [
    lines('name,n,m', ...many(4, figures), '-'.repeat(20), ...many(4, figures)),
    [['name', 'n', 'm'], ...many(4, (at) => figures(at).split(',')), ...many(4, (at) => figures(at).split(','))],
  ],
  'a frame that one row lacks': [
    lines('|id|kind|n|', ...many(6, (at) => `|K${at}|${word(at)}|1${at}|`), 'K6|last|3'),
    [['id', 'kind', 'n'], ...many(6, (at) => [`K${at}`, word(at), `1${at}`]), ['K6', 'last', '3']],
  ],
  'percentages below a title that holds the delimiter': [
    lines(
      'Report: sales, returns, and other things',
      'Part,Share,Growth,Index',
      ...many(20, (at) => `${word(at)} ${at},${at}.5 %,+${at}.5%,${at + 60}`),
    ),
    [
      ['Part', 'Share', 'Growth', 'Index'],
      ...many(20, (at) => [`${word(at)} ${at}`, `${at}.5 %`, `+${at}.5%`, `${at + 60}`]),
    ],
  ],
  'a header alone': [
    lines('"Please rate: speed, cost",What did you like?,Age'),
    [['Please rate: speed, cost', 'What did you like?', 'Age']],
  ],
};

describe('what is easily taken for something else', () => {
  it.each(Object.entries(files))('%s', (_name, [text, rows]) => expect(readText(text)).toEqual(rows));

  it('a row of numbers is none of names, though it counts', () => {
    const rows = many(5, (at) => [at + 1, 2 * (at + 1), 3 * (at + 1)].map(String));
    expect(readText(lines(...rows.map(String)))).toEqual([['Column 1', 'Column 2', 'Column 3'], ...rows]);
    expect(readText(lines('id,n,m', ...many(9, figures)))[0]).toEqual(['id', 'n', 'm']);
  });
});
