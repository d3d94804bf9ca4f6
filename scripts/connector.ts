import { parseArgs } from 'node:util';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { ApiError } from '@/lib/contract/errors';
import { askToVerify } from './ask-to-verify';
import { addConnector } from './connector/add';
import { printConnectors, runNamed } from './connector/run';
import { Fault, main } from './fault';
import { findWorkspace } from './import/find-workspace';

// Adds, runs and lists connectors from the command line, without a server.

const usage = `Fetch files by themselves:

  npm run connector -- add FILE.json  add the connector that the file describes, or change the one of that name
  npm run connector -- run NAME       run it now, here, to its end
  npm run connector -- list           the connectors of the workspace, with their last runs
    --workspace SLUG                  of which workspace (default: demo)
    --json                            the result as JSON

A secret is written {"env": "NAME"} in the file: it is taken from the environment of this command, and kept sealed.`;

void main(async () => {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const details = error.details?.map(({ field, message }) => `\n  ${field}: ${message}`) ?? [];
    throw new Fault(`${error.message}${details.join('')}`);
  } finally {
    await loadPool.end().catch(() => undefined);
    await db.$disconnect().catch(() => undefined);
  }
});

async function run(): Promise<void> {
  const { values, positionals } = parse();
  const [verb, subject, ...more] = positionals;
  if (values.help || verb === undefined) {
    console.log(usage);
    return;
  }
  if (more.length > 0) throw new Fault(`There is one too many: ${more.join(' ')}.\n\n${usage}`);
  const workspace = await findWorkspace({ workspace: values.workspace, createWorkspace: null });
  if (verb === 'list' && subject === undefined) await printConnectors(workspace.id, values.json);
  else if (verb === 'add' && subject !== undefined) await addConnector(workspace.id, subject, values.json);
  else if (verb === 'run' && subject !== undefined) {
    try {
      await runNamed(workspace.id, subject, values.json);
    } finally {
      await askToVerify(workspace.id);
    }
  } else throw new Fault(usage);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        workspace: { type: 'string', default: 'demo' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
