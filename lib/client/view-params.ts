import {
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { grains, isoDate, shopperGroup, type ShopperGroup } from '@/lib/contract/query';
import { comparisons, type Comparison } from '@/lib/metrics/comparison';
import type { Range } from '@/lib/metrics/periods';

// What a page shows, as it stands in the address. Read by the server's prefetch and by the browser alike.

export const presets = [
  'last_4_weeks',
  'last_12_weeks',
  'last_52_weeks',
  'last_12_months',
  'last_week',
  'last_month',
  'last_quarter',
  'last_retail_month',
  'year_to_date',
  'fiscal_year_to_date',
  'retail_year_to_date',
  'all',
] as const;
export type Preset = (typeof presets)[number];

const isDate = (value: string | undefined): value is string => isoDate.safeParse(value).success;

/** 2024-01-01..2024-12-31 */
const range = createParser<Range>({
  parse: (value) => {
    const [from, to] = value.split('..');
    return isDate(from) && isDate(to) && from <= to ? { from, to } : null;
  },
  serialize: ({ from, to }) => `${from}..${to}`,
  eq: (a, b) => a.from === b.from && a.to === b.to,
});

const date = createParser<string>({ parse: (value) => (isDate(value) ? value : null), serialize: (value) => value });

const comparison = createParser<Comparison>({
  parse: (value) => comparisons.find((known) => known === value) ?? range.parse(value),
  serialize: (value) => (typeof value === 'string' ? value : range.serialize(value)),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const owners = ['product', 'store', 'shopper'] as const;
export interface AttributeValue {
  of: (typeof owners)[number];
  name: string;
  value: string;
}

/** product:flavour:vanilla, each part escaped. */
const attribute = createParser<AttributeValue>({
  parse: (text) => {
    const [of, name, value] = text.split(':').map(decodeURIComponent);
    const owner = owners.find((known) => known === of);
    return owner && name && value !== undefined ? { of: owner, name, value } : null;
  },
  serialize: ({ of, name, value }) => [of, name, value].map(encodeURIComponent).join(':'),
  eq: (a, b) => a.of === b.of && a.name === b.name && a.value === b.value,
});

const ids = parseAsArrayOf(parseAsInteger);

export const boughtKinds = ['brand', 'manufacturer', 'category', 'product', 'group'] as const;

/** buyers:brand:3.7:2024-01-01..2024-03-31 */
const shoppers = createParser<ShopperGroup>({
  parse: (text) => {
    const [are, kind = '', members = '', dates = ''] = text.split(':');
    const bought = boughtKinds.some((known) => known === kind) && { [kind]: members.split('.').map(Number) };
    return shopperGroup.safeParse({ are, ...range.parse(dates), ...bought }).data ?? null;
  },
  serialize: (group) => {
    const kind = boughtKinds.find((known) => group[known]);
    return [group.are, kind ?? '', kind ? (group[kind] ?? []).join('.') : '', range.serialize(group)].join(':');
  },
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

/** What is included, and what is excluded ("not_"). */
export const sliceParams = {
  manufacturer: ids,
  brand: ids,
  category: ids,
  product: ids,
  region: ids,
  channel: ids,
  store: ids,
  group: ids,
  store_group: ids,
  attr: parseAsArrayOf(attribute),
  not_manufacturer: ids,
  not_brand: ids,
  not_category: ids,
  not_product: ids,
  not_region: ids,
  not_channel: ids,
  not_store: ids,
  not_group: ids,
  not_store_group: ids,
  not_attr: parseAsArrayOf(attribute),
  promotion: parseAsStringLiteral(['promoted', 'not_promoted'] as const),
  shoppers: parseAsArrayOf(shoppers),
};

export const viewParams = {
  workspace: parseAsString,
  period: parseAsStringLiteral(presets),
  from: date,
  to: date,
  compare: comparison,
  stores: parseAsStringLiteral(['same'] as const),
  grain: parseAsStringLiteral(grains),
  sort: parseAsString,
  ...sliceParams,
};
export type ViewParams = inferParserType<typeof viewParams>;
