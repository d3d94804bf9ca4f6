import 'server-only';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShopifySource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';
import { deliver } from '../deliver';
import { Gathered } from '../gathered';
import { placeFor } from '../place';
import type { Visit } from '../visit';
import { begin, checkpoint, type Walk } from './checkpoint';
import { pageOf, handlesOf } from './page';
import { rowsOf, type Product, type Row, repeatedNote } from './product';
import { countOptions, writeTable } from './table';

/** A catalogue that changes faster than this is taken as it is. */
const mostWalks = 5;

/**
 * Gathers a store's public catalogue: the list of all products, then those of each collection, and the whole again until a
 * walk finds nothing new, because products move from page to page while others come and go. Each page is kept as soon as it
 * is read; the next run goes on with the page after it.
 */
export async function visitShopify(visit: Visit<ShopifySource>): Promise<void> {
  const folder = placeFor(visit.subject.workspaceId, visit.subject.connectorId);
  const [gathered, table] = [join(folder, 'rows.jsonl'), join(folder, 'products.csv')];
  const known = checkpoint.safeParse(visit.subject.checkpoint).data;
  if (!known) await visit.forget();
  const walk = await new Catalogue(visit, gathered).walk(known ?? begin);
  if (walk.rows === 0) visit.note('The store shows no products.');
  else {
    const mapping = await writeTable(gathered, table, walk.options);
    const fileName = `${new URL(visit.source.url).host} products.csv`;
    const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', firstRow: 1, headerRows: 1 } as const;
    await deliver(visit, { path: table, fileName, kind: 'products', mapping, reading });
  }
  await visit.keep({});
  await visit.forget();
  await rm(folder, { recursive: true, force: true });
}

class Catalogue {
  private walked: Walk = begin;

  constructor(
    private readonly visit: Visit<ShopifySource>,
    private readonly path: string,
  ) {}

  async walk(from: Walk): Promise<Walk> {
    this.walked = from;
    const file = await Gathered.open(this.path, from.bytes).catch(async (error: unknown) => {
      await this.visit.keep({});
      throw error;
    });
    try {
      while (this.walked.stage !== 'whole') await this.step(file);
    } finally {
      await file.close();
    }
    if (this.walked.repeated > 0) this.visit.note(repeatedNote(this.walked.repeated));
    return this.walked;
  }

  private async step(file: Gathered): Promise<void> {
    const { stage, page, collection } = this.walked;
    if (stage === 'products') {
      const found = await pageOf(this.visit, '/products.json', page);
      if (found.length > 0) await this.take(file, found, { page: page + 1 });
      else if (this.visit.source.collections) await this.go({ stage: 'collections', page: 1, collection: null });
      else await this.endWalk();
    } else if (collection === null) {
      const { listPage } = this.walked;
      const handles = await handlesOf(this.visit, listPage);
      const [next, ...later] = handles;
      if (next === undefined) await this.endWalk();
      else await this.go({ collection: { handle: next, later }, page: 1, listPage: listPage + 1 });
    } else {
      const path = `/collections/${encodeURIComponent(collection.handle)}/products.json`;
      const found = await pageOf(this.visit, path, page);
      if (found.length > 0) await this.take(file, found, { page: page + 1 });
      else {
        const [next, ...later] = collection.later;
        await this.go({ page: 1, collection: next === undefined ? null : { handle: next, later } });
      }
    }
  }

  private async endWalk(): Promise<void> {
    const { fresh, number } = this.walked;
    const isSettled = fresh === 0 || number >= mostWalks;
    if (fresh > 0 && isSettled)
      this.visit.note(`The catalogue was still changing after ${mostWalks} walks; the next run takes what is missing.`);
    await this.go({
      stage: isSettled ? 'whole' : 'products',
      page: 1,
      listPage: 1,
      collection: null,
      number: number + 1,
      fresh: 0,
    });
  }

  /** Goes on to another list. */
  private async go(change: Partial<Walk>): Promise<void> {
    this.walked = this.counted({ ...this.walked, last: '', same: 0, ...change });
    await this.visit.keep(this.walked);
  }

  /** Never ends without end: pages are counted, and a page that always comes again is none. */
  private counted(walk: Walk): Walk {
    const { pages } = this.visit.subject.limits;
    if (walk.pages >= pages)
      throw new ApiError(
        'unprocessable',
        `The store shows more than ${pages} pages, which is the limit of this connector.`,
      );
    return { ...walk, pages: walk.pages + 1 };
  }

  /** Keeps what is new of a page: rows, what is known, and where it goes on, all of it or nothing. */
  private async take(file: Gathered, found: readonly Product[], change: Partial<Walk>): Promise<void> {
    const last = `${found[0]?.id} ${found.at(-1)?.id} ${found.length}`;
    const same = last === this.walked.last ? this.walked.same + 1 : 0;
    if (same >= 3)
      throw new ApiError(
        'unprocessable',
        'The store answers the same page again and again, whatever page is asked for.',
      );
    const { productCode } = this.visit.source;
    this.walked = await inTransaction(async (client) => {
      const ids = await this.visit.seen(
        found.map(({ id }) => `product ${id}`),
        client,
      );
      const fresh = found.filter(({ id }) => ids.delete(`product ${id}`));
      const rows = fresh.flatMap((one) => rowsOf(one, productCode));
      const codes = await this.visit.seen(
        rows.map(({ code }) => `code ${code}`),
        client,
      );
      const kept = rows.filter(({ code }) => code !== '' && codes.delete(`code ${code}`));
      const bytes = await file.append(kept.map((row: Row) => `${JSON.stringify(row)}\n`).join(''));
      const { walked } = this;
      const next = this.counted({
        ...walked,
        ...change,
        ...{ bytes, last, same },
        rows: walked.rows + kept.length,
        fresh: walked.fresh + fresh.length,
        repeated: walked.repeated + rows.length - kept.length,
        options: countOptions(walked.options, kept),
      });
      await this.visit.keep(next, client);
      this.visit.rows += kept.length;
      return next;
    });
  }
}
