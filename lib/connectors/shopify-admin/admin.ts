import 'server-only';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { deliver } from '../deliver';
import { download } from '../download';
import { Gathered } from '../gathered';
import { placeFor } from '../place';
import { writeTable } from '../shopify/table';
import type { Visit } from '../visit';
import { awaitBulk, startBulk } from './bulk';
import { checkpoint, type Progress } from './checkpoint';
import { gatherOrders, gatherProducts } from './gather';
import { graphql } from './graphql';
import { mapping as orderMapping, Naming, ordersQuery } from './orders';
import { productsQuery } from './products';

/** Orders that were changed while the last file was being written are asked for again; those that are known as they are, are left out. */
const overlapMs = 600_000;

const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', firstRow: 1, headerRows: 1 } as const;
const shop = z.object({ shop: z.object({ ianaTimezone: z.string(), currencyCode: z.string() }) });

/** Takes a store's products, and its orders that are new or changed, with their refunds, from the files it writes for its owner. */
export async function visitShopifyAdmin(visit: Visit<ShopifyAdminSource>): Promise<void> {
  const folder = placeFor(visit.subject.workspaceId, visit.subject.connectorId);
  await mkdir(folder, { recursive: true });
  const run = new Admin(visit, folder);
  if (visit.source.products) await run.products();
  if (visit.source.orders) await run.orders();
  await run.end();
}

class Admin {
  private readonly host: string;
  private readonly whole: string;
  private readonly gathered: string;

  constructor(
    private readonly visit: Visit<ShopifyAdminSource>,
    private readonly folder: string,
  ) {
    this.host = new URL(visit.source.url).host;
    this.whole = join(folder, 'store.jsonl');
    this.gathered = join(folder, 'gathered');
  }

  private get progress(): Progress {
    return checkpoint.parse(this.visit.subject.checkpoint);
  }

  async products(): Promise<void> {
    if (this.progress.stage !== 'products') return;
    if (await this.fetch(productsQuery)) {
      await this.gather(gatherProducts);
      const table = join(this.folder, 'products.csv');
      const mapping = await writeTable(this.gathered, table, this.progress.options);
      if (this.progress.rows > 0)
        await deliver(this.visit, {
          path: table,
          fileName: `${this.host} products.csv`,
          kind: 'products',
          mapping,
          reading,
        });
    }
    await this.next('orders');
    await this.visit.forget('code ');
  }

  async orders(): Promise<void> {
    if (this.progress.stage === 'products') await this.next('orders');
    const { since } = this.visit.source;
    const { through } = this.progress;
    const conditions = [
      ...(since === undefined ? [] : [`created_at:>='${since}'`]),
      ...(through === null ? [] : [`updated_at:>='${new Date(Date.parse(through) - overlapMs).toISOString()}'`]),
    ];
    const found = await graphql(this.visit, '{ shop { ianaTimezone currencyCode } }', {}, shop);
    if (await this.fetch(ordersQuery(conditions.join(' AND ')))) {
      const naming = new Naming(this.host, found.shop.ianaTimezone, this.visit.source.productCode);
      await this.gather((visit, file, path) => gatherOrders(visit, file, path, naming));
    }
    if (this.progress.rows === 0) this.visit.note('There are no orders that are new or changed.');
    else {
      const day = (this.progress.asked ?? '').slice(0, 16).replace('T', ' ').replace(':', '');
      const fileName = `${this.host} orders ${day}.csv`;
      await deliver(this.visit, {
        path: this.gathered,
        fileName,
        kind: 'transactions',
        mapping: orderMapping,
        reading,
        // An order comes whole: what was loaded of it before goes.
        replacesBy: 'receipt',
      });
    }
  }

  async end(): Promise<void> {
    const { stage, asked, through } = this.progress;
    const isLoaded = stage === 'orders' && this.visit.source.orders;
    await this.visit.keep(checkpoint.parse({ through: isLoaded ? asked : through }));
    await rm(this.folder, { recursive: true, force: true });
  }

  private async next(stage: Progress['stage']): Promise<void> {
    await this.visit.keep(checkpoint.parse({ stage, through: this.progress.through }));
  }

  /** Brings the store's file here; false: it has nothing. */
  private async fetch(query: string): Promise<boolean> {
    if (this.progress.operation === null) {
      const asked = new Date().toISOString();
      const operation = await startBulk(this.visit, query);
      await this.visit.keep({ ...this.progress, operation, asked });
    }
    try {
      const url = await awaitBulk(this.visit, this.progress.operation ?? '');
      if (url === null) return false;
      await download(this.visit.client, {
        url,
        sign: () => Promise.resolve({}),
        path: this.whole,
        taken: null,
        part: this.progress.part,
        onBegin: (part) => this.visit.keep({ ...this.progress, part }),
      });
      return true;
    } catch (error) {
      // A file that the store does not give is asked for anew by the next run.
      if (error instanceof ApiError && error.code !== 'unavailable' && !this.visit.signal.aborted)
        await this.visit.keep({ ...this.progress, operation: null, part: null });
      throw error;
    }
  }

  private async gather(
    take: (visit: Visit<ShopifyAdminSource>, file: Gathered, path: string) => Promise<void>,
  ): Promise<void> {
    const file = await Gathered.open(this.gathered, this.progress.bytes).catch((error: unknown) => this.lost(error));
    try {
      await take(this.visit, file, this.whole);
    } finally {
      await file.close();
    }
  }

  /** Products are gathered anew; lines that were noted as taken cannot be told from those that were loaded. */
  private async lost(error: unknown): Promise<never> {
    if (!(error instanceof ApiError)) throw error;
    if (this.progress.stage === 'orders')
      throw new ApiError(
        'conflict',
        'The lines that were gathered are gone from DATA_DIR. Revert what this connector has loaded, delete it and add it anew.',
      );
    await this.visit.forget('code ');
    await this.next('products');
    throw error;
  }
}
