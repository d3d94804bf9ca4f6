import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as bodyOf } from 'node:stream/consumers';
import { FakeServer, json } from '../client/fake-server.fixture';

// A store's Admin API: it writes files when asked to, one at a time, and tells of refunds.

const gid = (kind: string, id: number | string) => `gid://shopify/${kind}/${id}`;
const money = (amount: string) => ({ shopMoney: { amount } });

export interface Item {
  id: number;
  sku?: string;
  title?: string;
  quantity: number;
  /** Left in the order, where something was taken out or back. */
  current?: number;
  total: string;
  off?: string[];
}
export interface Order {
  id: number;
  createdAt: string;
  updatedAt?: string;
  cancelledAt?: string;
  test?: boolean;
  customer?: number;
  items: Item[];
  refunds?: { id: number; createdAt: string; of: { item: number; quantity: number; amount: string }[] }[];
}

const itemOf = ({ id, sku = '', title = 'Shirt', quantity, current = quantity, total, off = [] }: Item) => ({
  id: gid('LineItem', id),
  sku,
  title,
  vendor: 'Acme',
  quantity,
  currentQuantity: current,
  variant: { id: gid('ProductVariant', id * 10) },
  product: { productType: 'Tops' },
  originalTotalSet: money(total),
  discountAllocations: off.map((amount) => ({ allocatedAmountSet: money(amount) })),
});

export class FakeAdmin {
  products = 3;
  /** Every product has a variant of one SKU. */
  sameSku = false;
  orders: Order[] = [];
  timezone = 'America/New_York';
  /** Questions that are answered otherwise; true: answered. */
  mishap: (response: ServerResponse, query: string, nth: number) => boolean = () => false;
  /** Called with each request for a file. */
  onFile: (response: ServerResponse, nth: number) => boolean = () => false;
  /** Looks until a file is ready. */
  looks = 2;
  statuses: string[] = [];
  readonly asked: string[] = [];
  files = 0;
  private nth = 0;
  private lines: object[] = [];
  private left = 0;

  private constructor(readonly server: FakeServer) {}

  static async start(): Promise<FakeAdmin> {
    const server = await FakeServer.start({}, '127.0.0.1', (request, response) => admin.answer(request, response));
    const admin = new FakeAdmin(server);
    return admin;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/file')) {
      this.files += 1;
      if (this.onFile(response, this.files)) return;
      const file = this.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      response.writeHead(200, { etag: '"file"', 'content-length': Buffer.byteLength(file) }).end(file);
      return;
    }
    if (request.headers['x-shopify-access-token'] !== 'shpat_secret') {
      response.writeHead(401).end('{"errors":"[API] Invalid API key or access token"}');
      return;
    }
    const { query, variables } = JSON.parse(await bodyOf(request)) as {
      query: string;
      variables: { query?: string; id?: string; after?: string | null };
    };
    this.nth += 1;
    if (this.mishap(response, query, this.nth)) return;
    json(response, { data: this.dataOf(query, variables) });
  }

  private dataOf(query: string, variables: { query?: string; id?: string; after?: string | null }): object {
    if (query.includes('bulkOperationRunQuery')) {
      this.asked.push(variables.query ?? '');
      this.lines = variables.query?.includes('orders(') ? this.orderLines(variables.query) : this.productLines();
      this.left = this.looks;
      const bulkOperation = {
        id: gid('BulkOperation', this.asked.length),
        status: 'CREATED',
        errorCode: null,
        url: null,
      };
      return { bulkOperationRunQuery: { bulkOperation, userErrors: [] } };
    }
    if (query.includes('BulkOperation')) {
      const status = this.statuses.shift() ?? ((this.left -= 1) > 0 ? 'RUNNING' : 'COMPLETED');
      const url = status === 'COMPLETED' && this.lines.length > 0 ? `${this.server.origin}/file?signature=1` : null;
      return { node: { id: variables.id, status, errorCode: status === 'FAILED' ? 'TIMEOUT' : null, url } };
    }
    if (query.includes('ianaTimezone')) return { shop: { ianaTimezone: this.timezone, currencyCode: 'USD' } };
    const start = Number(variables.after ?? 0);
    const has = ({ refunds = [] }: Order) => refunds.some(({ id }) => gid('Refund', id) === variables.id);
    const isNext = query.includes('on Refund');
    const found = this.orders.find((order) => (isNext ? has(order) : gid('Order', order.id) === variables.id));
    const refunds = (found?.refunds ?? []).map(({ id, createdAt, of }) => ({
      id: gid('Refund', id),
      createdAt,
      refundLineItems: {
        pageInfo: { hasNextPage: start + 250 < of.length, endCursor: String(start + 250) },
        nodes: of.slice(start, start + 250).map(({ item, quantity, amount }) => ({
          quantity,
          subtotalSet: money(amount),
          lineItem: itemOf(found!.items.find(({ id: known }) => known === item)!),
        })),
      },
    }));
    if (isNext) return { node: refunds.find(({ id }) => id === variables.id) ?? null };
    return { order: found ? { refunds } : null };
  }

  private productLines(): object[] {
    return Array.from({ length: this.products }, (_, at) => at + 1).flatMap((id) => [
      {
        id: gid('Product', id),
        title: `Shirt ${id}`,
        handle: `shirt-${id}`,
        vendor: 'Acme',
        productType: 'Tops',
        tags: ['a'],
      },
      ...['Red', 'Blue'].map((colour, at) => ({
        id: gid('ProductVariant', id * 10 + at),
        title: colour,
        sku: at === 0 ? `S${this.sameSku ? 1 : id}` : null,
        price: '9.99',
        selectedOptions: [{ name: 'Color', value: colour }],
        __parentId: gid('Product', id),
      })),
    ]);
  }

  private orderLines(query: string): object[] {
    const through = /updated_at:>='([^']+)'/.exec(query)?.[1] ?? '';
    const since = /created_at:>='([^']+)'/.exec(query)?.[1] ?? '';
    return this.orders
      .filter(({ createdAt, updatedAt = createdAt }) => updatedAt >= through && createdAt >= since)
      .flatMap(({ id, createdAt, cancelledAt = null, test = false, customer, items, refunds = [] }) => [
        {
          id: gid('Order', id),
          name: `#${id}`,
          ...{ createdAt, cancelledAt, test },
          customer: customer === undefined ? null : { id: gid('Customer', customer) },
          refunds: refunds.map((refund) => ({ id: gid('Refund', refund.id) })),
        },
        ...items.map((item) => ({ ...itemOf(item), __parentId: gid('Order', id) })),
      ]);
  }
}
