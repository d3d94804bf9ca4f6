import type { Field } from '@/lib/contract/imports';
import { fillersAbroad, synonymsAbroad } from './synonyms-abroad';
import { synonymsNorth } from './synonyms-north';
import { wordsOf } from './words';

const list = (names: string): string[] => names.split(',').map((name) => name.trim());

/**
 * What retail exports call their columns, best name first. Compared without case, blanks, underscores and accents.
 * A name listed earlier wins over one listed later; an exact match over one that only holds the words.
 */
const synonyms: Record<Field, string[]> = {
  date: list(`date, transaction date, sale date, sales date, purchase date, order date, invoice date, receipt date,
    business date, trading date, posting date, visit date, trip date, bill date, day, timestamp,
    transaction timestamp, transaction datetime, date time, datetime, order timestamp, created at,
    purchased at, week end date, week ending, week ending date, week start date, week beginning, week starting,
    week date, week, period end, period, year month day, calendar date, dt, tran date, trans date`),
  time: list(`time, transaction time, time of day, trans time, sale time, receipt time, hour`),
  store: list(`store id, store, store code, store number, store num, store no, store nbr, shop id, shop, shop code,
    outlet id, outlet, outlet code, branch id, branch, branch code, location id, location code, location,
    site id, site, site code, pos id, till location, iri key, plant`),
  store_name: list(`store name, shop name, outlet name, branch name, location name, site name, name, description,
    store description`),
  region: list(`region, region name, store region, sales region, area, territory, market, state, province, county,
    state province, district, zone, city region, geography`),
  channel: list(`channel, channel name, sales channel, store type, store format, format, banner, chain, retailer,
    outlet type, store class, account`),
  shopper: list(`shopper id, shopper, household id, household, household key, hh id, hhid, household code, panelist id,
    panelist, panel id, customer id, customer, customer code, customer number, customer no, cust id, member id,
    member, member number, loyalty id, loyalty card, loyalty number, card id, card number, card no, client id,
    user id, consumer id, buyer id, card`),
  receipt: list(`receipt id, receipt, receipt no, receipt number, basket id, basket, transaction id, transaction no,
    transaction number, transaction, trans id, trx id, trip id, trip code, invoice no, invoice number,
    invoice id, invoice, order id, order number, order no, order, bill no, bill number, bill id, bill,
    ticket id, ticket, ticket number, check number, visit id, occasion`),
  product:
    list(`product id, product code, product number, product no, product key, sku, sku id, sku code, upc, upc code,
    ean, ean code, gtin, barcode, item id, item code, item number, item no, item nbr, stock code, article id,
    article number, article code, article no, article, plu, variant sku, material, prod code, handle, product,
    item`),
  product_name:
    list(`product name, product description, product desc, item name, item description, item desc, description, desc,
    article name, article description, sku name, sku description, product title, title, name, upc description,
    product, item, line item name, lineitem name`),
  brand: list(`brand, brand name, brand id, brand code, brand description, label, marque, brand owner name`),
  manufacturer:
    list(`manufacturer, manufacturer name, manufacturer id, manufacturer code, mfr, maker, producer, supplier,
    supplier name, vendor, vendor name, company, parent company, brand owner`),
  pack_size:
    list(`pack size, package size, product size, size, item size, net content, net contents, net weight, weight,
    volume, content, contents, size desc, size description, pack, curr size of product, unit size`),
  pack_unit: list(`pack unit, size unit, unit of measure, uom, size uom, weight unit, volume unit, measure`),
  units: list(`units, quantity, qty, unit sales, units sold, quantity sold, sold units, sales units, sales quantity,
    qty sold, items sold, items purchased, units purchased, pieces, item count, number of units, item quantity, move, count, volume sold, sold`),
  amount:
    list(`amount, sales value, sales amount, product sales, net amount, line amount, line total, net sales, spend, total spend,
    revenue, turnover, total amount, total price, total, sales, value, net value, dollar sales, dollars,
    value sales, sale amount, sale value, total value, extended price, gross sales, gross amount,
    total price paid, price paid, paid, net revenue, gross revenue, amount paid, item total, sale price total`),
  unit_price: list(`unit price, price per unit, price each, item price, selling price, sales price, sale price, price,
    retail price, net price, shelf price, actual price, variant price, avg price, average price, item cost`),
  base_price: list(
    `base price, regular price, list price, full price, non promo price, normal price, rrp, msrp, compare at price`,
  ),
  base_amount: list(
    `base amount, base sales, base value, regular amount, full price amount, list amount, amount at base price`,
  ),
  discount: list(`discount percent, discount pct, discount percentage, discount rate, discount share, percent discount,
    pct discount, percent off, pct off, discount, rebate percent`),
  promoted:
    list(`promoted, promotion, on promotion, promo, on promo, promo flag, promotion flag, is promoted, is promotion,
    deal, on deal, offer, on offer, special`),
  price_reduction:
    list(`price reduction, tpr, tpr only, temporary price reduction, price cut, price off, markdown, on sale,
    discounted, is discounted, reduced`),
  feature:
    list(`feature, on feature, featured, feature ad, is feature, in feature, feat, mailer, flyer, leaflet, circular,
    in circular`),
  display: list(`display, on display, is display, displayed, in display, disp, end cap, endcap, secondary placement`),
  coupon: list(`coupon, coupon used, with coupon, coupon flag, is coupon, coupon redeemed`),
  is_return: list(`is return, return, returned, return flag, is returned, refund, is refund, refund flag, is cancelled,
    cancelled`),
  category_1: list(`category 1, category level 1, level 1, l1, department, dept, department name, division, sector,
    super category`),
  category_2:
    list(`category 2, category level 2, level 2, l2, category, product category, item category, category name, category id,
    commodity, commodity desc, product group, item group, group, family, product type, type, product line,
    merchandise group`),
  category_3: list(`category 3, category level 3, level 3, l3, sub category, product sub category, sub commodity,
    sub commodity desc, class, product type, subclass, sub class, segment, sub group, sub family,
    sub department, product class`),
};

/** Names of category levels from wide to narrow: those that a file has become levels 1, 2, 3 in this order. */
export const categoryLevels = ['category_1', 'category_2', 'category_3'] as const;

/** A name as it is compared. */
export interface Name {
  words: string[];
  tight: string;
}

/** What columns of a field are called: a list for each language, best name first. */
export const namesOf = Object.fromEntries(
  Object.entries(synonyms).map(([field, english]) => [
    field,
    [english, ...[synonymsAbroad, synonymsNorth].flatMap((of) => of[field as Field].split('\n').map(list))].map(
      (names) => names.map((name): Name => ({ words: wordsOf(name), tight: wordsOf(name).join('') })),
    ),
  ]),
) as Record<Field, Name[][]>;

/** Names of a store that no product and no category has. */
export const storeNames = [namesOf.store_name[0]!.slice(0, 6)];

/** Words that say nothing about which field a column is: dropped before names are compared. */
export const fillers = new Set(
  list(`usd, eur, gbp, chf, cad, aud, inr, jpy, the, of, in, value, name, num, no, number, id, code, qty, address,
    total, local, prov, col, ind, flg, indicator, yn, ${fillersAbroad}`),
);

/** Words by which the name of a column speaks of days. */
export const days = new Set(list(`day, tag, jour, dia, giorno, dag`));

/** Words by which the name of a column speaks of weeks. */
export const weeks = new Set(
  list(`week, wk, woche, kalenderwoche, wochenende, kw, weeknummer, semaine, semana, settimana`),
);

/** Fields that say yes or no. */
export const flags = new Set<string>(['promoted', 'price_reduction', 'feature', 'display', 'coupon', 'is_return']);
export const numbers = new Set<string>(['units', 'amount', 'unit_price', 'base_price', 'base_amount']);
