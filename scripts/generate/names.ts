// Names made up for this purpose; any likeness to a company or product is accidental.

export const manufacturerNames = [
  'Aldermoor Foods',
  'Brindle & Sons',
  'Castor Vale',
  'Dunmarrow Group',
  'Eskeford Mills',
  'Fennick Brothers',
  'Greyling Trading',
  'Hollinrake',
  'Istrava Foods',
  'Jarrowby Estates',
  'Kestermann',
  'Lorvane International',
  'Marrick Provisions',
  'Norrland & Pell',
  'Ostrander Company',
] as const;

const singles = [
  [
    'Cordaro',
    'Montevar',
    'Brunello Hill',
    'Kaffora',
    'Altamera',
    'Rostwick',
    'Nerovia',
    'Tazarin',
    'Morrowbean',
    'Velano',
  ],
  ['Thornleigh', 'Assandra', 'Wellow & Fern', 'Pekora', 'Darvilly', 'Mistral Leaf', 'Oldmere', 'Samovine'],
  ['Sunorra', 'Pomarel', 'Frutessa', 'Vitalund', 'Orchard Lane', 'Citrani', 'Berrywick', 'Solvana', 'Apfelhain'],
  [
    'Velano',
    'Chocarin',
    'Lindmora',
    'Tresora',
    'Cacaveil',
    'Bonverre',
    'Schokani',
    'Marquelle',
    'Noirette',
    'Hazelbrook',
  ],
  ['Krispado', 'Saltmarch', 'Chipwell', 'Fritova', 'Goldencrag', 'Paprizza', 'Crunchley', 'Tuberini', 'Snapperlo'],
] as const;

const adjectives = [
  'Amber', 'Briar', 'Copper', 'Dapple', 'Ember', 'Fallow', 'Garnet', 'Hollow',
  'Ivory', 'Juniper', 'Kindle', 'Larch', 'Marble', 'Nettle', 'Ochre', 'Pewter',
] as const; // prettier-ignore
const nouns = [
  'Heron', 'Quay', 'Lantern', 'Mill', 'Otter', 'Ferry', 'Thicket', 'Anvil',
  'Meadow', 'Harbour', 'Sparrow', 'Gable', 'Orchard', 'Wharf', 'Bramble', 'Summit',
] as const; // prettier-ignore

/** The brand that stands in two categories. */
export const sharedBrand = 'Velano';

/** Brand names of each category; past the ones made by hand, pairs of words that no two categories share. */
export function brandNames(counts: readonly number[]): string[][] {
  let pair = 0;
  return counts.map((count, category) => {
    const made: string[] = [...(singles[category] ?? [])];
    while (made.length < count) {
      // 7 is coprime to 16: the first words alternate, and 256 pairs pass before one comes back.
      made.push(`${adjectives[(pair * 7) % 16]!} ${nouns[(Math.floor(pair / 16) + pair) % 16]!}`);
      pair++;
    }
    return made.slice(0, count);
  });
}

export const regionNames = [
  'Northmark', 'Eastholm', 'Westmere', 'Southvale', 'Midlands', 'Lakeshore', 'Highmoor', 'Capital',
] as const; // prettier-ignore

const townStarts = [
  'Ash',
  'Bran',
  'Cald',
  'Dunn',
  'Elm',
  'Farr',
  'Gors',
  'Hart',
  'Kirk',
  'Lang',
  'Mar',
  'Nor',
  'Oak',
  'Pen',
  'Roth',
] as const;
const townEnds = ['ford', 'wick', 'ham', 'stead', 'bury', 'ton', 'mouth', 'dale'] as const;

/** 120 towns: no two stores share one. */
export const townName = (region: number, i: number): string => `${townStarts[i % 15]!}${townEnds[region % 8]!}`;
