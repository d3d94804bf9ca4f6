import 'server-only';
import type { ConnectorSource } from '@/lib/contract/connector-sources';
import { visitS3 } from '../s3/bucket';
import { visitShopifyAdmin } from '../shopify-admin/admin';
import { visitShopify } from '../shopify/catalogue';
import type { Visit } from '../visit';
import { visitFolder } from './folder';
import { visitHttp } from './http';

type Kinds = { [K in ConnectorSource['kind']]: (visit: Visit<Extract<ConnectorSource, { kind: K }>>) => Promise<void> };

const kinds: Kinds = {
  http: visitHttp,
  folder: visitFolder,
  shopify: visitShopify,
  s3: visitS3,
  'shopify-admin': visitShopifyAdmin,
};

/** Fetches what is new, by the kind of the source. */
export function visitSource(visit: Visit): Promise<void> {
  const run = kinds[visit.source.kind] as (visit: Visit) => Promise<void>;
  return run(visit);
}
