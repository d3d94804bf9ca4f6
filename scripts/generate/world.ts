import { buildCatalogue, type Catalogue } from './catalogue';
import { sizesOf, type GenerateConfig, type Sizes } from './config';
import { buildEvents, type BrandEvent } from './events';
import { buildPlaces, type Places } from './places';
import { buildPromotions, type Promotion } from './promotions';
import { buildShoppers, type Shoppers } from './shoppers';

/** All that is settled before the first line. */
export interface World {
  config: GenerateConfig;
  sizes: Sizes;
  catalogue: Catalogue;
  places: Places;
  shoppers: Shoppers;
  events: BrandEvent[];
  promotions: Promotion[];
}

/** `some` overrides sizes that would follow from the number of lines. */
export function buildWorld(config: GenerateConfig, some: Partial<Pick<Sizes, 'shoppers'>> = {}): World {
  const sizes = { ...sizesOf(config.lines), ...some };
  const catalogue = buildCatalogue(config.seed, sizes);
  const places = buildPlaces(config.seed);
  return {
    config,
    sizes,
    catalogue,
    places,
    shoppers: buildShoppers(config, sizes, catalogue, places),
    events: buildEvents(catalogue),
    promotions: buildPromotions(config.seed, catalogue),
  };
}
