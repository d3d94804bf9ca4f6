import { createReadStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createUser } from '@/lib/access/create-user';
import { createWorkspace } from '@/lib/access/create-workspace';
import { importKinds, mapping, type ImportKind } from '@/lib/contract/imports';
import { isDiskFull } from '@/lib/db/fault';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { publish } from '@/lib/ingest/publish';
import { receiveFile } from '@/lib/ingest/receive';
import { endChildren, onEnd, run, script } from '../children';
import { askToVerify } from '../ask-to-verify';
import { Fault, main } from '../fault';
import { step } from '../steps';
import { demoUser, demoWorkspace } from './user';

// Makes the demo user, workspace and data. Each step looks whether it is done already, so a broken-off start carries on.

const seed = 1;
const fileOf: Record<ImportKind, string> = {
  products: 'products.csv',
  stores: 'stores.csv',
  transactions: 'transactions.csv.gz',
};
// Members first, so that the lines find their categories and regions.
const order: ImportKind[] = importKinds.toSorted((a, b) => Number(a === 'transactions') - Number(b === 'transactions'));
const finished = ['published', 'reverting', 'reverted', 'cancelled'];

type Say = (text: string) => void;
interface Filling {
  workspaceId: number;
  userId: string;
  folder: string;
}

void main(async () => {
  onEnd(endChildren, 1);
  const { values } = parseArgs({ options: { lines: { type: 'string' }, folder: { type: 'string' } } });
  const lines = Number(values.lines ?? 1_000_000);
  const folder = values.folder ?? 'data/demo';
  try {
    const userId = await ensureUser();
    const workspaceId = await ensureWorkspace(userId);
    const open = await unfinishedKinds(workspaceId);
    refuseOtherSize(folder, lines, open.length < order.length);
    if (open.length === 0) return;
    if (!existsSync(join(folder, 'complete.json'))) {
      await step(`Generate ${lines.toLocaleString('en')} lines`, (say) => generate(lines, folder, say));
    }
    for (const kind of open) {
      await step(`Load ${fileOf[kind]}`, (say) => load(kind, { workspaceId, userId, folder }, say));
    }
    await askToVerify(workspaceId);
    for (const name of Object.values(fileOf)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    if (isDiskFull(error)) throw new Fault('The disk is full. Free some space and start again; the demo carries on.');
    throw error;
  } finally {
    await Promise.all([db.$disconnect(), loadPool.end()]);
  }
});

async function ensureUser(): Promise<string> {
  const there = await db.user.findUnique({ where: { email: demoUser.email }, select: { id: true } });
  return there?.id ?? createUser(demoUser);
}

async function ensureWorkspace(ownerId: string): Promise<number> {
  const there = await db.workspace.findUnique({ where: { slug: demoWorkspace.slug }, select: { id: true } });
  return there?.id ?? createWorkspace({ ...demoWorkspace, currency: 'EUR', ownerId });
}

/** What is still to be loaded. A file that was reverted or discarded later stays so. */
async function unfinishedKinds(workspaceId: number): Promise<ImportKind[]> {
  const done = await db.import.findMany({
    where: { workspaceId, state: { in: finished }, fileName: { in: Object.values(fileOf) } },
    select: { fileName: true },
  });
  return order.filter((kind) => !done.some(({ fileName }) => fileName === fileOf[kind]));
}

function refuseOtherSize(folder: string, lines: number, begun: boolean): void {
  const record = join(folder, 'complete.json');
  if (!existsSync(record)) return;
  const before = (JSON.parse(readFileSync(record, 'utf8')) as { lines: number }).lines;
  if (before === lines) return;
  if (!begun) return rmSync(record);
  throw new Fault(
    `The demo was filled with ${before.toLocaleString('en')} lines. Keep them (--lines ${before}), or name another data folder for a demo of another size, as in BRANDLENS_DATA=./data-large.`,
  );
}

async function generate(lines: number, folder: string, say: Say): Promise<void> {
  say('a minute or so for a million');
  const [command, args] = script(
    'scripts/generate.ts',
    ...['--lines', String(lines), '--seed', String(seed), '--out', folder],
  );
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Fault(`The demo data could not be generated.\n${output.trim()}`);
  writeFileSync(join(folder, 'complete.json'), JSON.stringify({ lines, seed }));
}

async function load(kind: ImportKind, { workspaceId, userId, folder }: Filling, say: Say): Promise<void> {
  const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number | null }): void =>
    say(`${stage} ${done.toLocaleString('en')}${total ? ` of ${total.toLocaleString('en')}` : ''}`);
  const fileName = fileOf[kind];
  const begun = await db.import.findFirst({ where: { workspaceId, fileName }, orderBy: { id: 'desc' } });
  const body = createReadStream(join(folder, fileName));
  const importId = begun?.id ?? (await receiveFile({ workspaceId, userId, fileName, kind, body, nearMatch: 'off' }));
  const where = { workspaceId_id: { workspaceId, id: importId } };

  const received = await db.import.findUniqueOrThrow({ where });
  if (received.state !== 'validated' && received.state !== 'publishing') {
    const proposed = mapping.parse(received.mapping);
    await checkFile({ workspaceId, importId, kind, mapping: { ...proposed, negatives: 'returns' }, onProgress });
    const checked = await db.import.findUniqueOrThrow({ where });
    if (checked.state !== 'validated') throw new Fault(`${fileName} did not pass the check: ${checked.error}`);
    if (checked.rowsRejected) console.log(`  ${checked.rowsRejected} rows of ${fileName} were rejected.`);
  }
  await publish({ workspaceId, importId, userId, onProgress });
}
