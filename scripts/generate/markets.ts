// The five categories: what they sell, at what price, when, and how their buyers behave.

export type Tier = 'value' | 'mainstream' | 'premium';

export interface Market {
  department: string;
  category: string;
  /** Part of all purchase occasions. */
  weight: number;
  /** Shape of the gamma distribution of buying rates over shoppers (the NBD's k). */
  shape: number;
  /** Sum of the Dirichlet's parameters: the higher, the less loyal. */
  s: number;
  /** Part of the brands. */
  brands: number;
  unit: 'kg' | 'l';
  packs: readonly number[];
  flavours: readonly string[];
  /** What a kg or l costs at mainstream level in a pack of 1. */
  price: number;
  /** January to December. */
  season: readonly number[];
  /** 2025 against 2024. */
  growth: number;
}

export const markets: readonly Market[] = [
  {
    department: 'Beverages',
    category: 'Coffee',
    weight: 0.22,
    shape: 1.1,
    s: 1.2,
    brands: 10,
    unit: 'kg',
    packs: [0.2, 0.25, 0.5, 1],
    flavours: ['Classic', 'Espresso', 'Crema', 'Mild', 'Decaf', 'Dark Roast'],
    price: 13,
    season: [1.12, 1.08, 1.04, 0.98, 0.93, 0.88, 0.85, 0.87, 0.96, 1.04, 1.1, 1.15],
    growth: 0.03,
  },
  {
    department: 'Beverages',
    category: 'Tea',
    weight: 0.14,
    shape: 0.9,
    s: 1.5,
    brands: 8,
    unit: 'kg',
    packs: [0.04, 0.05, 0.1, 0.2],
    flavours: ['English Breakfast', 'Green', 'Peppermint', 'Camomile', 'Earl Grey', 'Rooibos'],
    price: 27,
    season: [1.32, 1.25, 1.1, 0.95, 0.82, 0.7, 0.65, 0.7, 0.9, 1.1, 1.22, 1.29],
    growth: -0.02,
  },
  {
    department: 'Beverages',
    category: 'Juice',
    weight: 0.22,
    shape: 1.3,
    s: 1.9,
    brands: 9,
    unit: 'l',
    packs: [0.33, 0.75, 1, 1.5],
    flavours: ['Orange', 'Apple', 'Multifruit', 'Grape', 'Tomato', 'Pear'],
    price: 2.1,
    season: [0.88, 0.88, 0.94, 1.0, 1.1, 1.2, 1.24, 1.18, 1.0, 0.9, 0.84, 0.84],
    growth: 0.01,
  },
  {
    department: 'Snacks',
    category: 'Chocolate',
    weight: 0.24,
    shape: 1.5,
    s: 2.2,
    brands: 10,
    unit: 'kg',
    packs: [0.045, 0.1, 0.2, 0.3],
    flavours: ['Milk', 'Dark', 'Hazelnut', 'White', 'Almond', 'Caramel'],
    price: 11,
    season: [0.9, 1.0, 1.16, 1.1, 0.9, 0.8, 0.76, 0.8, 0.94, 1.02, 1.16, 1.46],
    growth: 0.04,
  },
  {
    department: 'Snacks',
    category: 'Crisps',
    weight: 0.18,
    shape: 1.2,
    s: 1.7,
    brands: 9,
    unit: 'kg',
    packs: [0.04, 0.1, 0.15, 0.25],
    flavours: ['Salted', 'Paprika', 'Sour Cream', 'Vinegar', 'Barbecue', 'Chilli'],
    price: 10,
    season: [0.88, 0.88, 0.94, 0.98, 1.04, 1.14, 1.16, 1.1, 0.96, 0.92, 0.94, 1.06],
    growth: 0.06,
  },
];

export const tierPrice: Record<Tier, number> = { value: 0.72, mainstream: 1, premium: 1.42 };
