import { z } from 'zod';
import { endpoint } from './endpoint';
import { isoDate } from './filters';
import { workspaceQuery } from './query';

export const exported = ['lines', 'products', 'stores', 'shoppers', 'sales'] as const;
export type Exported = (typeof exported)[number];

const query = workspaceQuery.extend({
  /** The lines as they count; what describes products, stores and shoppers; or what brands sold by month and category. */
  of: z.enum(exported),
  /** First and last date, of lines and sales. */
  from: isoDate.optional(),
  to: isoDate.optional(),
});

const described = `\`lines\` have the shopper only for analysts, and \`shoppers\` are theirs alone. Where the data changes while the file is
sent, it breaks off: a file never mixes two versions of the data.`;

export const exportCsv = endpoint({
  id: 'exportCsv',
  method: 'GET',
  path: '/v1/export.csv',
  tag: 'Export',
  access: 'viewer',
  summary: 'Lines, products, stores, shoppers, or sales by month, category and brand, as CSV',
  description: described,
  query,
  produces: 'text/csv',
  response: z.string(),
});
export const exportParquet = endpoint({
  id: 'exportParquet',
  method: 'GET',
  path: '/v1/export.parquet',
  tag: 'Export',
  access: 'viewer',
  summary: 'The same as Parquet: dates as dates, units and amounts as decimals',
  description: described,
  query,
  produces: 'application/vnd.apache.parquet',
  response: z.string(),
});
