import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportDetail, ImportKind, Mapping } from '@/lib/contract/imports';
import { paceText } from '@/lib/contract/pace';
import { passes } from '@/lib/db/fault';
import { checkFile } from '@/lib/ingest/check';
import { cancel, pause } from '@/lib/ingest/halt';
import { paced, type Progress } from '@/lib/ingest/progress';
import { previewReplacement } from '@/lib/ingest/preview-replacement';
import { publish } from '@/lib/ingest/publish';
import { readImport, streamRejects } from '@/lib/ingest/read';
import { Fault } from '../fault';
import { correct, describeFixes } from './correct';
import { describeCheck, describeReplacement } from './describe';
import type { Workspace } from './find-workspace';
import { interrupted } from './interrupted';
import type { Settings } from './settings';

export interface Received {
  id: number;
  kind: ImportKind;
  file: string;
}
type Place = Pick<Workspace, 'id' | 'slug'>;

/** Checks and publishes a received file; one that was left on its way goes on from where it is. */
export async function load(place: Place, received: Received, settings: Settings): Promise<ImportDetail> {
  const { id: workspaceId, slug } = place;
  const { id, kind, file } = received;
  const say = settings.json ? () => undefined : (line: string) => console.log(line);
  say(`\n${file} (import ${id}, ${kind})`);
  const found = await readImport(workspaceId, id);
  const { mapping: proposed, recalled, state } = found;
  if (!proposed) throw new Fault(`Nothing could be understood of ${file}.`);
  if (recalled && state === 'uploaded' && !settings.mapped) say(`  ${recalled.sentence}`);
  const mapping = state === 'uploaded' ? settings.remap(proposed) : proposed;
  const goOn = `Go on with:\n  npm run import -- --workspace ${slug} --resume ${id}`;
  const { corrections } = settings;
  if (corrections && state === 'publishing')
    throw new Fault(`Import ${id} is being published: cancel that first, then correct it.`);
  if (corrections) await correct(workspaceId, id, corrections);
  if (corrections || (state !== 'validated' && state !== 'publishing'))
    await check(workspaceId, received, mapping, state, goOn);
  const checked = await readImport(workspaceId, id);
  describeCheck(checked, mapping).forEach(say);
  (await describeFixes(workspaceId, checked)).forEach(say);
  if (checked.state === 'paused') throw new Fault(`${checked.error ?? `The check of ${file} is paused.`} ${goOn}`);
  if (checked.state !== 'validated' && checked.state !== 'publishing') {
    if (checked.rowsIn === null)
      say(`  in file   ${checked.detected?.columns.map(({ name }) => name).join(', ') ?? ''}`);
    throw new Fault(`${file} cannot be loaded. ${checked.error ?? ''}`.trim());
  }
  const rejected = checked.rowsRejected ?? 0;
  if (rejected > 0 && settings.rejects) {
    const path = join(settings.rejects, `${basename(file)}.rejects.csv`);
    mkdirSync(settings.rejects, { recursive: true });
    await writeFile(path, streamRejects({ workspaceId, importId: id, rows: true }));
    say(`  rejected  rows, each with its reason, are in ${path}`);
  }
  const replaces = settings.replace && kind === 'transactions';
  if (replaces && checked.state === 'validated')
    describeReplacement(await previewReplacement(workspaceId, id)).forEach(say);
  if (settings.check) return checked;
  if (rejected > 0 && !settings.yes)
    throw new Fault(
      `${rejected} ${rejected === 1 ? 'row was' : 'rows were'} rejected, so nothing of ${file} was published. --rejects FOLDER writes them out. Mend them, or publish the rest with --yes.`,
    );
  const started = Date.now();
  await publishIt(workspaceId, received, replaces, goOn);
  const seconds = (Date.now() - started) / 1000;
  const rate = Math.round((checked.rowsAccepted ?? 0) / seconds).toLocaleString('en');
  say(`  published in ${seconds.toFixed(1)} s (${rate} rows/s)`);
  return readImport(workspaceId, id);
}

async function check(
  workspaceId: number,
  { id: importId, kind, file }: Received,
  mapping: Mapping,
  state: ImportDetail['state'],
  goOn: string,
): Promise<void> {
  const signal = interrupted();
  const asked = state === 'validating';
  try {
    await checkFile({ workspaceId, importId, kind, mapping, onProgress: progressLine(), signal, asked });
  } catch (error) {
    if (signal.aborted) {
      // Else a server would take it for a check that was left behind.
      await pause({ workspaceId, importId });
      throw new Fault(`Stopped; what was read of ${file} is kept. ${goOn}`);
    }
    throw passes(error)
      ? new Fault(`The database cannot be reached. What was read of ${file} is kept. ${goOn}`)
      : error;
  }
}

async function publishIt(
  workspaceId: number,
  { id: importId, file }: Received,
  replaces: boolean,
  goOn: string,
): Promise<void> {
  const signal = interrupted();
  const stop = (): void => void cancel({ workspaceId, importId }).catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) throw new Fault(`Stopped before ${file} was published. ${goOn}`);
    await publish({ workspaceId, importId, userId: null, replaces, onProgress: progressLine() });
  } catch (error) {
    throw passes(error)
      ? new Fault(`The database cannot be reached. Nothing of ${file} was published. ${goOn}`)
      : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const { state } = await readImport(workspaceId, importId);
  if (state !== 'published') throw new Fault(`Stopped; nothing of ${file} was published. ${goOn}`);
}

/** A line on stderr whenever a stage begins, and every other second within one. */
function progressLine(): (progress: Progress) => void {
  const pace = paced();
  let stage = '';
  let last = 0;
  return (progress) => {
    if (progress.stage === stage && Date.now() - last < 2_000) return;
    stage = progress.stage;
    last = Date.now();
    const { done, total, unit = 'rows' } = progress;
    const count =
      done > 0 ? ` ${done.toLocaleString('en')}${total ? ` of ${total.toLocaleString('en')}` : ''} ${unit}` : '';
    const speed = paceText(pace(progress));
    process.stderr.write(`  … ${stage}${count}${speed && `, ${speed}`}\n`);
  };
}
