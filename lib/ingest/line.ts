/** An accepted transaction line; decimals as integers of the scales below. */
export interface Line {
  date: string;
  time: string | null;
  store: string | null;
  region: string | null;
  channel: string | null;
  shopper: string | null;
  receipt: string | null;
  product: string | null;
  productName: string | null;
  brand: string | null;
  manufacturer: string | null;
  category: string | null;
  packSize: string | null;
  packUnit: string | null;
  units: bigint;
  amount: bigint;
  baseAmount: bigint | null;
  promotion: number | null;
  isReturn: boolean;
  /** What is said of each member, as JSON. */
  attributes: Partial<Record<string, string>> | null;
}
export const UNITS_SCALE = 3;
export const AMOUNT_SCALE = 4;
