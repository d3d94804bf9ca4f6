import type { ConnectorLimits } from '@/lib/contract/connector-limits';
import type { ConnectorKind, ConnectorSource, SecretName } from '@/lib/contract/connector-sources';

export interface Field {
  name: string;
  label: string;
  description?: string;
  placeholder?: string;
  /** Text is left out where it is empty. */
  type: 'text' | 'number' | 'flag' | readonly { value: string; label: string }[];
  required?: boolean;
  /** What it is where nothing is said; also what a new connector begins with. */
  start: string | number | boolean;
}

export interface Kind {
  label: string;
  /** What it reads, in a line. */
  reads: string;
  fields: readonly Field[];
  /** Each stands behind the field that it belongs to. */
  secrets: readonly { name: SecretName; after: string; label: string; description: string }[];
}

const fileKind: Field = {
  name: 'fileKind',
  label: 'Files are',
  type: [
    { value: '', label: 'As they look' },
    { value: 'transactions', label: 'Transactions' },
    { value: 'products', label: 'Products' },
    { value: 'stores', label: 'Stores' },
  ],
  start: '',
};
const replace: Field = {
  name: 'replace',
  label: 'Take the place of what is there',
  description: 'Of the stores and dates of a transactions file: for files that are sent again when they are corrected',
  type: 'flag',
  start: false,
};
const pattern: Field = {
  name: 'pattern',
  label: 'File names',
  description: '* stands for any characters, ? for one',
  type: 'text',
  start: '*',
};
const productCode: Field = {
  name: 'productCode',
  label: 'Products are named by',
  type: [
    { value: 'sku', label: 'SKU, else the variant’s number' },
    { value: 'variant', label: 'The variant’s number' },
  ],
  start: 'sku',
};
const url = (placeholder: string): Field => ({
  name: 'url',
  label: 'Address',
  placeholder,
  type: 'text',
  required: true,
  start: '',
});

export const kinds: Record<ConnectorKind, Kind> = {
  http: {
    label: 'File on the web',
    reads: 'The file behind an address, whenever it has changed',
    fields: [url('https://files.example.com/sales.csv'), fileKind, replace],
    secrets: [
      {
        name: 'authorization',
        after: 'url',
        label: 'Authorization',
        description: 'The value of that header, where one is asked for',
      },
    ],
  },
  folder: {
    label: 'Folder on the server',
    reads: 'Files that are new in a folder, or have changed',
    fields: [
      {
        name: 'path',
        label: 'Folder',
        description: 'One that the settings of the server open: CONNECTOR_FOLDERS',
        placeholder: '/srv/in',
        type: 'text',
        required: true,
        start: '',
      },
      pattern,
      {
        name: 'settledSeconds',
        label: 'Seconds left alone',
        description: 'A file that changed later may still be being written',
        type: 'number',
        start: 10,
      },
      fileKind,
      replace,
    ],
    secrets: [],
  },
  s3: {
    label: 'Bucket (S3)',
    reads: 'Objects that are new in a bucket, or have changed',
    fields: [
      {
        name: 'endpoint',
        label: 'Address of the service',
        placeholder: 'https://s3.eu-central-1.amazonaws.com',
        type: 'text',
        required: true,
        start: '',
      },
      { name: 'region', label: 'Region', type: 'text', start: 'us-east-1' },
      { name: 'bucket', label: 'Bucket', type: 'text', required: true, start: '' },
      { name: 'prefix', label: 'Only what begins with', placeholder: 'daily/', type: 'text', start: '' },
      pattern,
      { name: 'accessKeyId', label: 'Access key id', description: 'Empty for an open bucket', type: 'text', start: '' },
      fileKind,
      replace,
    ],
    secrets: [
      {
        name: 'secretAccessKey',
        after: 'accessKeyId',
        label: 'Secret access key',
        description: 'It belongs to the access key id',
      },
    ],
  },
  shopify: {
    label: 'Shopify catalogue (public)',
    reads: 'What a store shows to everybody, as a product file',
    fields: [
      url('https://store.example.com'),
      productCode,
      {
        name: 'collections',
        label: 'Look through the collections too',
        description: 'A large store does not show all products in one list',
        type: 'flag',
        start: true,
      },
    ],
    secrets: [],
  },
  'shopify-admin': {
    label: 'Shopify store (own)',
    reads: 'Products, and the lines of orders and refunds',
    fields: [
      url('https://NAME.myshopify.com'),
      { name: 'apiVersion', label: 'Version of the API', type: 'text', start: '2025-10' },
      productCode,
      { name: 'products', label: 'Load products', type: 'flag', start: true },
      { name: 'orders', label: 'Load orders', type: 'flag', start: true },
      { name: 'since', label: 'Orders from', placeholder: '2024-01-31', type: 'text', start: '' },
    ],
    secrets: [
      {
        name: 'token',
        after: 'url',
        label: 'Access token',
        description: 'Of an app that may read products and orders',
      },
    ],
  },
};

export const kindNames = Object.keys(kinds) as ConnectorKind[];

export const limitLabels: Record<keyof ConnectorLimits, string> = {
  connections: 'Connections',
  delayMs: 'Pause between requests, ms',
  batchSize: 'Rows a request',
  silentSeconds: 'Longest silence, s',
  pageSeconds: 'Longest page, s',
  attempts: 'Tries of a request',
  firstRetryMs: 'First wait before a retry, ms',
  retries: 'Retries of a run',
  waitSeconds: 'Longest Retry-After, s',
  breakAfter: 'Failures before it is left alone',
  restSeconds: 'Left alone for, s',
  pageBytes: 'Bytes of a page',
  pages: 'Pages of a walk',
  runSeconds: 'Longest run, s',
};

/** Where it reads, in a line. */
export function placeText(source: ConnectorSource): string {
  if (source.kind === 'folder') return `${source.path.replace(/\/+$/, '')}/${source.pattern}`;
  if (source.kind === 's3') return `${source.bucket}/${source.prefix}${source.pattern}`;
  return source.url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

export const schedules: readonly { value: string; label: string }[] = [
  { value: '', label: 'When asked' },
  { value: '300', label: 'Every 5 minutes' },
  { value: '900', label: 'Every 15 minutes' },
  { value: '3600', label: 'Every hour' },
  { value: '21600', label: 'Every 6 hours' },
  { value: '86400', label: 'Every day' },
  { value: '604800', label: 'Every week' },
];

export function scheduleText(seconds: number | null): string {
  if (seconds === null) return 'When asked';
  const known = schedules.find(({ value }) => value === String(seconds));
  return known?.label ?? `Every ${seconds.toLocaleString('en-US')} seconds`;
}
