import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ApiError } from '@/lib/contract/errors';
import type { ImportDetail, ImportKind } from '@/lib/contract/imports';
import { checkFile } from '@/lib/ingest/check';
import { publish } from '@/lib/ingest/publish';
import type { Progress } from '@/lib/ingest/progress';
import { readImport, streamRejects } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { Fault } from '../fault';
import { describeCheck } from './describe';
import type { Workspace } from './find-workspace';
import type { Settings } from './settings';

interface Received {
  id: number;
  kind: ImportKind;
  file: string;
}

// Products and stores first: lines then find their members described.
const order: readonly ImportKind[] = ['products', 'stores', 'transactions'];

/** Checks and publishes files one after the other; the first that cannot be loaded ends it. */
export async function importFiles({ id: workspaceId, slug }: Workspace, settings: Settings): Promise<void> {
  const received: Received[] = [];
  for (const file of settings.files) {
    if (!existsSync(file) || !statSync(file).isFile()) throw new Fault(`There is no file ${file}.`);
  }
  for (const file of settings.files) {
    const given = { reading: settings.reading, ...(settings.kind && { kind: settings.kind }) };
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
      results.push(await load(workspaceId, one, settings));
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

async function load(workspaceId: number, { id, kind, file }: Received, settings: Settings): Promise<ImportDetail> {
  const say = settings.json ? () => undefined : (line: string) => console.log(line);
  say(`\n${file} (import ${id}, ${kind})`);
  const { mapping: proposed, recalled } = await readImport(workspaceId, id);
  if (!proposed) throw new Fault(`Nothing could be understood of ${file}.`);
  if (recalled)
    say(`  mapped as in ${recalled.fileName} of ${recalled.usedAt.slice(0, 10)}, which has the same header`);
  const mapping = settings.remap(proposed);
  await checkFile({ workspaceId, importId: id, kind, mapping, onProgress: progressLine() });
  const checked = await readImport(workspaceId, id);
  describeCheck(checked, mapping).forEach(say);
  if (checked.state !== 'validated') {
    if (checked.rowsIn === null)
      say(`  in file   ${checked.detected?.columns.map(({ name }) => name).join(', ') ?? ''}`);
    throw new Fault(`${file} cannot be loaded. ${checked.error ?? ''}`.trim());
  }
  const rejected = checked.rowsRejected ?? 0;
  if (rejected > 0 && settings.rejects) {
    const path = join(settings.rejects, `${basename(file)}.rejects.csv`);
    mkdirSync(settings.rejects, { recursive: true });
    await writeFile(path, streamRejects(workspaceId, id));
    say(`  rejected  rows, each with its reason, are in ${path}`);
  }
  if (settings.check) return checked;
  if (rejected > 0 && !settings.yes)
    throw new Fault(
      `${rejected} ${rejected === 1 ? 'row was' : 'rows were'} rejected, so nothing of ${file} was published. --rejects FOLDER writes them out. Mend them, or publish the rest with --yes.`,
    );
  const started = Date.now();
  await publish({ workspaceId, importId: id, userId: null, onProgress: progressLine() });
  const seconds = (Date.now() - started) / 1000;
  const rate = Math.round((checked.rowsAccepted ?? 0) / seconds).toLocaleString('en');
  say(`  published in ${seconds.toFixed(1)} s (${rate} rows/s)`);
  return readImport(workspaceId, id);
}

/** A line on stderr whenever a stage begins, and every other second within one. */
function progressLine(): (progress: Progress) => void {
  let stage = '';
  let last = 0;
  return (progress) => {
    if (progress.stage === stage && Date.now() - last < 2_000) return;
    stage = progress.stage;
    last = Date.now();
    const { done, total } = progress;
    const count = done > 0 ? ` ${done.toLocaleString('en')}${total ? ` of ${total.toLocaleString('en')}` : ''}` : '';
    process.stderr.write(`  … ${stage}${count}\n`);
  };
}
