import 'server-only';
import { z } from 'zod';
import type { ShopifySource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import type { Visit } from '../visit';
import { product, type Product } from './product';

const products = z.object({ products: z.array(product) });
const collections = z.object({ collections: z.array(z.object({ handle: z.string().min(1) })) });

/** The products of a page; none: there are no more. */
export async function pageOf(visit: Visit<ShopifySource>, path: string, page: number): Promise<Product[]> {
  const answer = await read(visit, path, page, products);
  return answer?.products ?? [];
}

/** The collections of a page of their list. */
export async function handlesOf(visit: Visit<ShopifySource>, page: number): Promise<string[]> {
  const answer = await read(visit, '/collections.json', page, collections);
  return [...new Set(answer?.collections.map(({ handle }) => handle) ?? [])];
}

async function read<T>(
  visit: Visit<ShopifySource>,
  path: string,
  page: number,
  shape: z.ZodType<T>,
): Promise<T | null> {
  const url = new URL(path, visit.source.url);
  url.searchParams.set('limit', String(visit.subject.limits.batchSize));
  url.searchParams.set('page', String(page));
  // A store shows so many pages of a list, and refuses those beyond; a collection may be gone since it was listed.
  const also = page > 1 ? [400, 404, 422] : path.startsWith('/collections') ? [404] : [];
  const answer = await visit.client.json(url, { also, headers: { accept: 'application/json' } });
  if (answer === null && also.length > 0) return null;
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  throw new ApiError('unprocessable', `${url.host}${path} does not answer as a Shopify store does${where}.`);
}
