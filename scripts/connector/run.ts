import { getConnector, listConnectors } from '@/lib/connectors/list';
import { runConnector } from '@/lib/connectors/run';
import type { Connector, ConnectorRun } from '@/lib/contract/connectors';
import { publish } from '@/lib/ingest/publish';
import { Fault } from '../fault';

/** Runs a connector in this process to its end; what it publishes is published before it answers. */
export async function runNamed(workspaceId: number, name: string, json: boolean): Promise<void> {
  const found = (await listConnectors(workspaceId)).find((one) => one.name === name);
  if (!found)
    throw new Fault(`There is no connector "${name}". --workspace names another workspace; "list" lists them.`);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  const asked = { workspaceId, connectorId: found.id, userId: null };
  await runConnector(asked, { signal: stopping.signal, publish }).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  const { lastRun } = await getConnector(workspaceId, found.id);
  if (!lastRun) throw new Fault('The connector was deleted while it ran.');
  if (json) console.log(JSON.stringify(lastRun, null, 2));
  else describe(lastRun).forEach((line) => console.log(line));
  if (lastRun.state !== 'done') throw new Fault(lastRun.error ?? 'It did not come to its end.');
}

function describe({ statistics, imports, notes }: ConnectorRun): string[] {
  const { requests, retries, bytes, rows, files } = statistics;
  return [
    `${files} ${files === 1 ? 'file' : 'files'} handed over${imports.length > 0 ? ` (import ${imports.join(', ')})` : ''}` +
      `${rows > 0 ? `, ${rows.toLocaleString('en')} rows gathered` : ''}` +
      `; ${requests.toLocaleString('en')} ${requests === 1 ? 'request' : 'requests'}, ${retries} ${retries === 1 ? 'retry' : 'retries'}, ${bytes.toLocaleString('en')} bytes`,
    ...notes.map((note) => `  ${note}`),
  ];
}

/** Prints the connectors of a workspace, each with how its last run went. */
export async function printConnectors(workspaceId: number, json: boolean): Promise<void> {
  const found = await listConnectors(workspaceId);
  if (json) console.log(JSON.stringify(found, null, 2));
  else if (found.length === 0) console.log('There is no connector yet.');
  else found.forEach((one) => console.log(line(one)));
}

function line({ name, source, state, nextRunAt, lastRun }: Connector): string {
  const last = lastRun ? `last ${lastRun.state} ${lastRun.startedAt.slice(0, 16).replace('T', ' ')}` : 'never ran';
  const next = nextRunAt ? `next ${nextRunAt.slice(0, 16).replace('T', ' ')}` : 'runs when asked';
  return `${name.padEnd(24)} ${source.kind.padEnd(10)} ${state.padEnd(8)} ${last}; ${next}`;
}
