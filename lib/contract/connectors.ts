import { z } from 'zod';
import { connectorLimits } from './connector-limits';
import { connectorSource, connectorSecrets } from './connector-sources';
import { endpoint, memberId } from './endpoint';
import { workspaceQuery } from './query';

// What fetches files by itself: from where, how often, within which limits.

const month = 31 * 86_400;

const name = z.string().trim().min(1, 'a name').max(100, 'at most 100 characters');
const scheduleSeconds = z
  .int('a whole number of seconds')
  .min(60, `from 60 to ${month}`)
  .max(month, `from 60 to ${month}`)
  .nullable();

export const newConnector = z.strictObject({
  name,
  source: connectorSource,
  /** Kept sealed, and never answered. */
  secrets: connectorSecrets.prefault({}),
  /** Seconds from the end of a run to the next; null: it runs when asked. */
  scheduleSeconds: scheduleSeconds.default(null),
  /** Publish what was checked without a rejected row; else it waits for somebody on the page Data. */
  publish: z.boolean().default(false),
  limits: connectorLimits.prefault({}),
});
export type NewConnector = z.output<typeof newConnector>;

export const connectorChange = z
  .strictObject({
    name,
    source: connectorSource,
    secrets: connectorSecrets,
    scheduleSeconds,
    publish: z.boolean(),
    limits: connectorLimits,
  })
  .partial();
export type ConnectorChange = z.output<typeof connectorChange>;

export const runStates = ['running', 'done', 'failed', 'interrupted'] as const;

export const connectorRun = z.object({
  id: z.number(),
  state: z.enum(runStates),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Why it failed, or did not come to its end. */
  error: z.string().nullable(),
  /** The imports that it made. */
  imports: z.array(z.number()),
  /** What was left out, and why. */
  notes: z.array(z.string()),
  statistics: z.object({
    requests: z.number().default(0),
    retries: z.number().default(0),
    /** Answers that asked for fewer requests. */
    throttled: z.number().default(0),
    bytes: z.number().default(0),
    /** Milliseconds waited because of the pace. */
    waitedMs: z.number().default(0),
    /** Files handed over to be checked. */
    files: z.number().default(0),
    /** Rows gathered by this run. */
    rows: z.number().default(0),
  }),
});
export type ConnectorRun = z.output<typeof connectorRun>;

export const connector = z.object({
  id: z.number(),
  name: z.string(),
  source: connectorSource,
  /** The names of the secrets that it has. */
  secrets: z.array(z.string()),
  scheduleSeconds: z.number().nullable(),
  publish: z.boolean(),
  limits: connectorLimits,
  /** "waiting": a run is due. */
  state: z.enum(['idle', 'waiting', 'running']),
  nextRunAt: z.string().nullable(),
  createdAt: z.string(),
  lastRun: connectorRun.nullable(),
});
export type Connector = z.output<typeof connector>;

const one = z.strictObject({ id: memberId });
const shared = { tag: 'Connectors', access: 'admin' } as const;

export const listConnectors = endpoint({
  ...shared,
  id: 'listConnectors',
  method: 'GET',
  path: '/v1/connectors',
  summary: 'The connectors of the workspace, by name; 100 at most',
  query: workspaceQuery,
  response: z.object({ items: z.array(connector) }),
});
export const createConnector = endpoint({
  ...shared,
  id: 'createConnector',
  method: 'POST',
  path: '/v1/connectors',
  summary: 'Add a connector; one with a schedule runs at once',
  query: workspaceQuery,
  body: newConnector,
  replay: 'never',
  response: connector,
});
export const getConnector = endpoint({
  ...shared,
  id: 'getConnector',
  method: 'GET',
  path: '/v1/connectors/{id}',
  summary: 'One connector, with its last run',
  params: one,
  query: workspaceQuery,
  response: connector,
});
export const changeConnector = endpoint({
  ...shared,
  id: 'changeConnector',
  method: 'PATCH',
  path: '/v1/connectors/{id}',
  summary: 'Change what is given. Another source begins anew, and wants its secrets entered again',
  params: one,
  query: workspaceQuery,
  body: connectorChange,
  replay: 'never',
  response: connector,
});
export const deleteConnector = endpoint({
  ...shared,
  id: 'deleteConnector',
  method: 'DELETE',
  path: '/v1/connectors/{id}',
  summary: 'Delete a connector, its secrets and the list of its runs; what it loaded stays',
  params: one,
  query: workspaceQuery,
  response: z.object({ deleted: z.literal(true) }),
});
export const runConnector = endpoint({
  ...shared,
  id: 'runConnector',
  method: 'POST',
  path: '/v1/connectors/{id}/run',
  summary: 'Run a connector now; while it runs already, nothing happens',
  params: one,
  query: workspaceQuery,
  response: connector,
});
export const stopConnector = endpoint({
  ...shared,
  id: 'stopConnector',
  method: 'POST',
  path: '/v1/connectors/{id}/stop',
  summary:
    'Stop the run of a connector; what it has gathered is kept, and the next run goes on. While none runs, nothing happens',
  params: one,
  query: workspaceQuery,
  response: connector,
});
export const listConnectorRuns = endpoint({
  ...shared,
  id: 'listConnectorRuns',
  method: 'GET',
  path: '/v1/connectors/{id}/runs',
  summary: 'The runs of a connector, newest first; 50 at most',
  params: one,
  query: workspaceQuery,
  response: z.object({ items: z.array(connectorRun) }),
});
