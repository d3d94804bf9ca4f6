// Why an answer does not come from the rollups, in words for the reader.

/** Of a leaf. */
export const rejections = {
  forced: 'asked to read the lines',
  promotion: 'promotions are known by line only',
  shopper_attributes: 'attributes of shoppers are known by line only',
  shopper_group: 'of what a group of shoppers bought, only value and units are kept, by month',
  store: 'of what each store sold, only value and units are kept',
  product_and_place: 'of products by place, only value and units are kept',
  product_shoppers: 'the shoppers of a product are known by line only',
  own_products: 'some products hang on the category itself, beside its sub-categories',
  baskets_span: 'some baskets span days or stores, so trips do not add up over them',
  node_list: 'several categories share baskets, so their trips do not add up',
  member_list: 'several brands or manufacturers share baskets, so their trips do not add up',
  product_list: 'several products share baskets, so their trips do not add up',
  place_days:
    'of brands by day and place, only value and units are kept: days that are not whole months come from the lines',
  place_day_shoppers: 'shoppers are not kept by day and place: the days outside whole months come from the lines',
  place_grain: 'shoppers are not kept by day and place',
} as const;

/** Of what is read by shopper or by basket. */
export const spendRejections = {
  basket_pairs: 'which baskets hold two at once is known by line only',
  place_spend: 'what shoppers spend is not kept by place',
  product_spend: 'what shoppers spend on a product is known by line only',
  edge_spend: 'what shoppers spend is kept by month: the days outside whole months come from the lines',
  part_of_node:
    'what stores sell is kept by product and by category: of several products in one it is counted on the lines',
  by_shopper: 'what each shopper bought of a slice, and of its market, is set side by side',
  by_store: 'what each store sells of a slice, of its market, and of everything is set side by side',
  spanning_brands: 'brands in several categories have trips that touch more than one of them',
} as const;

export type Rejection = keyof typeof rejections | keyof typeof spendRejections;
