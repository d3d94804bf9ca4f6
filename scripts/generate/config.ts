export interface GenerateConfig {
  /** Lines wanted, returns included. */
  lines: number;
  seed: number;
}

export interface Sizes {
  shoppers: number;
  brands: number;
  products: number;
  stores: number;
  manufacturers: number;
}

export const defaults: GenerateConfig = { lines: 1_000_000, seed: 1 };

export const anonymousRate = 0.15;
export const returnRate = 0.01;

/**
 * Up to a million lines shoppers grow in step with the lines (50 a shopper) while the range stays whole; beyond, shoppers
 * and brands grow slower than lines: ten million lines have 100,000 shoppers and 200 brands.
 */
export function sizesOf(lines: number): Sizes {
  const scale = lines / 1_000_000;
  const brands = scale <= 1 ? 45 : Math.round(45 * scale ** Math.log10(200 / 45));
  return {
    shoppers: Math.max(50, Math.round(20_000 * (scale <= 1 ? scale : scale ** Math.log10(5)))),
    brands,
    products: brands === 45 ? 600 : brands * 12,
    stores: 120,
    manufacturers: 15,
  };
}
