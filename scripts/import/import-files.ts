import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { convertExport } from '@/lib/connectors/shopify/export';
import { ApiError } from '@/lib/contract/errors';
import type { ImportDetail, ImportKind } from '@/lib/contract/imports';
import { readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { Fault } from '../fault';
import type { Workspace } from './find-workspace';
import { load, type Received } from './load';
import type { Settings } from './settings';

// Products and stores first: lines then find their members described.
const order: readonly ImportKind[] = ['products', 'stores', 'transactions'];

/** Checks and publishes files one after the other; the first that cannot be loaded ends it. */
export async function importFiles({ id: workspaceId, slug }: Workspace, settings: Settings): Promise<void> {
  const received: Received[] = [];
  for (const file of settings.files) {
    if (!existsSync(file) || !statSync(file).isFile()) throw new Fault(`There is no file ${file}.`);
  }
  for (const file of settings.files) {
    const { kind: wanted, reading } = settings;
    const convert = !wanted || wanted === 'products' ? { convert: convertExport } : {};
    const nearMatch = settings.mapped ? ('off' as const) : ('tell' as const);
    const given = { reading, nearMatch, ...convert, ...(wanted && { kind: wanted }) };
    const body = createReadStream(file);
    const id = await receiveFile({ workspaceId, userId: null, fileName: basename(file), body, ...given }).catch(
      (error: unknown) => {
        throw error instanceof ApiError ? new Fault(`${file} cannot be loaded. ${error.message}`) : error;
      },
    );
    const { kind } = await readImport(workspaceId, id);
    received.push({ id, kind: settings.kind ?? kind, file });
  }
  received.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const results: ImportDetail[] = [];
  for (const one of received) {
    try {
      results.push(await load({ id: workspaceId, slug }, one, settings));
    } catch (error) {
      // Each file is published for itself: what came before stays.
      results
        .filter(({ state }) => state === 'published')
        .forEach((earlier) => console.error(staysPublished(earlier, slug)));
      throw error;
    }
  }
  if (settings.json) console.log(JSON.stringify(results, null, 2));
}

const staysPublished = ({ id, fileName }: ImportDetail, slug: string): string =>
  `\n${fileName} stays published. Leave it out when you load the others, or take it out again:\n` +
  `  npm run import -- --workspace ${slug} --revert ${id}`;
