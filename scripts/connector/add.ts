import { readFileSync } from 'node:fs';
import { listConnectors } from '@/lib/connectors/list';
import { changeConnector, createConnector } from '@/lib/connectors/save';
import { newConnector, type Connector, type NewConnector } from '@/lib/contract/connectors';
import { faultsOf } from '@/lib/http/parse';
import { Fault } from '../fault';

/** Adds the connector that a JSON file describes; one of that name becomes what the file says. */
export async function addConnector(workspaceId: number, path: string, json: boolean): Promise<void> {
  const described = read(path);
  const known = (await listConnectors(workspaceId)).find(({ name }) => name === described.name);
  const who = { workspaceId, userId: null };
  const saved: Connector = known
    ? await changeConnector(who, known.id, described)
    : await createConnector(who, described);
  const when = saved.scheduleSeconds === null ? 'runs when asked' : `runs every ${saved.scheduleSeconds} seconds`;
  console.log(
    json ? JSON.stringify(saved, null, 2) : `${known ? 'Changed' : 'Added'} the connector "${saved.name}": it ${when}.`,
  );
}

function read(path: string): NewConnector {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Fault(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = newConnector.safeParse(withSecrets(given), { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error.issues).map(({ field, message }) => `\n  ${field} ${message}`);
  throw new Fault(`${path} describes no connector:${faults.join('')}`);
}

/** The description with each secret that names a variable of the environment put in. */
function withSecrets(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('secrets' in given)) return given;
  const { secrets } = given;
  if (typeof secrets !== 'object' || secrets === null) return given;
  const filled = Object.entries(secrets).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null || !('env' in value)) return [name, value];
    const text = process.env[String(value.env)];
    if (!text) throw new Fault(`secrets.${name}: the variable ${String(value.env)} is not set.`);
    return [name, text];
  });
  return { ...given, secrets: Object.fromEntries(filled) as unknown };
}
