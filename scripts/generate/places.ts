import { regionNames, townName } from './names';
import { cumulate, stream } from './seed';

export interface Channel {
  name: string;
  /** Against the list price. */
  price: number;
  /** How much trade a store of this channel draws. */
  pull: number;
  area: readonly [number, number];
  formats: readonly string[];
}

export const channels: readonly Channel[] = [
  { name: 'Hypermarket', price: 0.98, pull: 3.2, area: [4000, 9000], formats: ['Retail park', 'Mall'] },
  { name: 'Supermarket', price: 1, pull: 1.6, area: [900, 2600], formats: ['High street', 'Retail park', 'Mall'] },
  { name: 'Discounter', price: 0.94, pull: 1.3, area: [700, 1300], formats: ['High street', 'Retail park'] },
  { name: 'Convenience', price: 1.08, pull: 0.5, area: [80, 350], formats: ['High street', 'Station', 'Forecourt'] },
];

export interface Store {
  code: string;
  name: string;
  region: number;
  channel: number;
  format: string;
  size: 'S' | 'M' | 'L' | 'XL';
  /** Relative trade. */
  pull: number;
}

/** Channels of a region's 15 stores. */
const mix = [0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3] as const;

const sizeOf = (area: number): Store['size'] => (area < 300 ? 'S' : area < 1200 ? 'M' : area < 4500 ? 'L' : 'XL');

export interface Places {
  stores: Store[];
  /** Cumulative trade of all stores. */
  everywhere: Float64Array;
  /** Store numbers of each region, and their cumulative trade. */
  regions: { stores: number[]; pull: Float64Array }[];
  /** Cumulative trade by region. */
  regionPull: Float64Array;
}

export function buildPlaces(seed: number): Places {
  const uniform = stream(seed, 'places');
  const stores = regionNames.flatMap((_, region) => {
    const regional = 0.7 + 0.6 * uniform();
    return mix.map((channel, i): Store => {
      const kind = channels[channel]!;
      const within = uniform();
      const area = kind.area[0] + within * (kind.area[1] - kind.area[0]);
      return {
        code: `S${String(region * mix.length + i + 1).padStart(3, '0')}`,
        name: `${kind.name} ${townName(region, i)}`,
        region,
        channel,
        format: kind.formats[Math.floor(uniform() * kind.formats.length)]!,
        size: sizeOf(area),
        pull: regional * kind.pull * (0.7 + 0.6 * within),
      };
    });
  });
  const regions = regionNames.map((_, region) => {
    const members = stores.flatMap((store, i) => (store.region === region ? [i] : []));
    return { stores: members, pull: cumulate(members.map((i) => stores[i]!.pull)) };
  });
  return {
    stores,
    everywhere: cumulate(stores.map((store) => store.pull)),
    regions,
    regionPull: cumulate(regions.map(({ pull }) => pull[pull.length - 1]!)),
  };
}
