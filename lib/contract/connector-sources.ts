import { z } from 'zod';
import { importKinds, mapping } from './imports';

/** An address without sign-in data: those are secrets, and kept as such. */
const webAddress = z
  .string()
  .max(2_000, 'at most 2,000 characters')
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'an address that begins with https://',
  )
  .refine((text) => !URL.canParse(text) || !new URL(text).username, 'has sign-in data in it: give them as a secret');

/** What a fetched file is. Left out: as it is proposed for an upload. */
const file = {
  fileKind: z.enum(importKinds).optional(),
  mapping: mapping.optional(),
  /** Files of transactions take the place of the lines that are there of their stores and dates, as late corrections do. */
  replace: z.boolean().default(false),
};

/** Names of files, with * for any characters and ? for one. */
const pattern = z.string().min(1, 'at least one character').max(200, 'at most 200 characters').default('*');

export const httpSource = z.strictObject({ kind: z.literal('http'), url: webAddress, ...file });
export type HttpSource = z.output<typeof httpSource>;

export const folderSource = z.strictObject({
  kind: z.literal('folder'),
  /** A folder on the server, within what its settings open (CONNECTOR_FOLDERS). */
  path: z.string().min(1, 'a folder').max(1_000, 'at most 1,000 characters'),
  pattern,
  /** Seconds that a file must have been left alone: who writes it may still be at it. */
  settledSeconds: z.int('a whole number').min(0, 'from 0 to 3600').max(3_600, 'from 0 to 3600').default(10),
  ...file,
});
export type FolderSource = z.output<typeof folderSource>;

/** What names a product: its SKU where it has one, or always the number of its variant. */
const productCode = z.enum(['sku', 'variant']).default('sku');

export const shopifySource = z.strictObject({
  kind: z.literal('shopify'),
  /** The store's address, as its customers see it. */
  url: webAddress,
  productCode,
  /** Look through the collections too: a large store does not show all products in one list. */
  collections: z.boolean().default(true),
});
export type ShopifySource = z.output<typeof shopifySource>;

export const shopifyAdminSource = z.strictObject({
  kind: z.literal('shopify-admin'),
  /** Such as https://NAME.myshopify.com. */
  url: webAddress,
  apiVersion: z
    .string()
    .regex(/^(20\d\d-(01|04|07|10)|unstable)$/, 'a version such as 2025-10')
    .default('2025-10'),
  productCode,
  products: z.boolean().default(true),
  orders: z.boolean().default(true),
  /** Orders from this day on; left out: all that the token may read. */
  since: z.iso.date('a date such as 2024-01-31').optional(),
});
export type ShopifyAdminSource = z.output<typeof shopifyAdminSource>;

export const s3Source = z.strictObject({
  kind: z.literal('s3'),
  /** The service's address, such as https://s3.eu-central-1.amazonaws.com. */
  endpoint: webAddress,
  region: z.string().min(1, 'a region').max(100, 'at most 100 characters').default('us-east-1'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/i, "a bucket's name"),
  /** Only what begins so. */
  prefix: z.string().max(1_000, 'at most 1,000 characters').default(''),
  /** The name after the last slash. */
  pattern,
  /** Left out, with the secret: the bucket is open to everybody. */
  accessKeyId: z.string().min(1, 'at least one character').max(200, 'at most 200 characters').optional(),
  ...file,
});
export type S3Source = z.output<typeof s3Source>;

export const connectorSource = z.discriminatedUnion(
  'kind',
  [httpSource, folderSource, shopifySource, s3Source, shopifyAdminSource],
  {
    error: (issue) => (issue.code === 'invalid_union' ? 'one of http, folder, shopify, s3, shopify-admin' : undefined),
  },
);
export type ConnectorSource = z.output<typeof connectorSource>;
export type ConnectorKind = ConnectorSource['kind'];

const secret = z.string().min(1, 'at least one character').max(4_000, 'at most 4,000 characters');

export const connectorSecrets = z
  .strictObject({
    /** http: the value of the header Authorization. */
    authorization: secret,
    /** s3: what belongs to the accessKeyId. */
    secretAccessKey: secret,
    /** shopify-admin: the access token of an app of the store. */
    token: secret,
  })
  .partial();
export type ConnectorSecrets = z.output<typeof connectorSecrets>;
export type SecretName = keyof ConnectorSecrets;

/** The secrets that each kind of source takes. */
export const secretsOf: Record<ConnectorKind, readonly SecretName[]> = {
  http: ['authorization'],
  folder: [],
  shopify: [],
  s3: ['secretAccessKey'],
  'shopify-admin': ['token'],
};

/** Where secrets go: whoever changes it enters them again. */
export const placeOfSource = (source: ConnectorSource): string =>
  source.kind === 'folder' ? source.path : new URL(source.kind === 's3' ? source.endpoint : source.url).origin;
