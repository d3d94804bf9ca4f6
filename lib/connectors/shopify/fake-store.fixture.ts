import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeServer, json } from '../client/fake-server.fixture';

// A store that answers as Shopify's public lists do, in the order that it likes, and with the mishaps it is told to have.

export interface Item {
  id: number;
  title: string;
  vendor: string;
  product_type: string;
  handle: string;
  tags: string[];
  options: { name: string; position: number }[];
  variants: object[];
}

const colours = ['Red', 'Blue', 'Green'];

export function item(id: number, variants = 2): Item {
  return {
    id,
    title: `Product ${id}`,
    vendor: `Brand ${id % 7}`,
    product_type: `Type ${id % 3}`,
    handle: `product-${id}`,
    tags: ['new', `tag ${id % 2}`],
    options: [
      { name: 'Color', position: 1 },
      { name: id % 10 === 0 ? 'Brand' : 'Size', position: 2 },
    ],
    variants: Array.from({ length: variants }, (_, at) => ({
      id: id * 100 + at,
      title: `${colours[at % 3]} / ${at}`,
      sku: id % 5 === 0 ? '' : `SKU-${id}-${at}`,
      option1: colours[at % 3],
      option2: `S${at}`,
      option3: null,
      price: '12.50',
      compare_at_price: null,
    })),
  };
}

export class FakeStore {
  items: Item[] = [];
  collections: { handle: string; has: (item: Item) => boolean }[] = [];
  /** As many pages of a list are shown; those beyond are refused. */
  mostPages = 100;
  /** Called before each answer; true: it has answered itself. */
  mishap: (request: IncomingMessage, response: ServerResponse, nth: number) => boolean = () => false;
  /** Called after each page of products. */
  after: (page: number) => void = () => undefined;
  private nth = 0;

  private constructor(readonly server: FakeServer) {}

  static async start(): Promise<FakeStore> {
    const server = await FakeServer.start({}, '127.0.0.1', (request, response) => store.answer(request, response));
    const store = new FakeStore(server);
    return store;
  }

  get url(): string {
    return this.server.origin;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.nth += 1;
    if (this.mishap(request, response, this.nth)) return;
    const url = new URL(request.url ?? '', this.url);
    const [limit, page] = [Number(url.searchParams.get('limit')), Number(url.searchParams.get('page'))];
    const of = <T>(list: T[]): T[] => list.slice((page - 1) * limit, page * limit);
    const handle = /^\/collections\/([^/]+)\/products\.json$/.exec(url.pathname)?.[1];
    if (page > this.mostPages) {
      response.writeHead(400).end(JSON.stringify({ errors: 'page is out of range' }));
      return;
    }
    if (url.pathname === '/products.json') json(response, { products: of(this.items) });
    else if (url.pathname === '/collections.json') json(response, { collections: of(this.collections) });
    else {
      const found = this.collections.find((one) => one.handle === handle);
      if (!found) {
        response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
        return;
      }
      json(response, { products: of(this.items.filter(found.has)) });
    }
    if (url.pathname !== '/collections.json') this.after(page);
  }
}
