import { z } from 'zod';
import { calendar } from './calendar';
import { clock } from './clock';
import { endpoint } from './endpoint';
import { id, responseMeta, workspaceQuery } from './query';

export const workspaceSummary = z.object({
  slug: z.string(),
  name: z.string(),
  role: z.enum(['viewer', 'analyst', 'admin']),
});

export const rollupCheck = z.object({
  dataVersion: z.number(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Null: nothing differs, but not everything could be checked. */
  ok: z.boolean().nullable(),
  checks: z.array(
    z.object({
      name: z.string(),
      compared: z.number(),
      /** Each names its slice: dates, filters, members. */
      differences: z.array(z.string()),
      /** What the data lacks, so that nothing had to be compared. */
      unavailable: z.string().optional(),
      /** Why it could not be checked. */
      unchecked: z.string().optional(),
    }),
  ),
});

/** What the workspace's data holds, and so which metrics it can give. */
export const workspaceDetail = workspaceSummary.extend({
  meta: responseMeta,
  lowBase: z.number(),
  universe: z.number().nullable(),
  /** For how many months lines are kept, besides the one that runs; null: for ever. */
  retentionMonths: z.number().nullable(),
  /** How time stamps are read. */
  clock,
  lines: z.number(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  grain: z.enum(['receipt', 'day', 'week']).nullable(),
  has: z.object({
    shoppers: z.boolean(),
    baskets: z.boolean(),
    stores: z.boolean(),
    regions: z.boolean(),
    channels: z.boolean(),
    promotions: z.boolean(),
    packSizes: z.boolean(),
  }),
  dataChangedAt: z.string(),
  lastCheck: rollupCheck.nullable(),
});
export type WorkspaceDetail = z.output<typeof workspaceDetail>;

export const listWorkspaces = endpoint({
  id: 'listWorkspaces',
  method: 'GET',
  path: '/v1/workspaces',
  tag: 'Workspace',
  access: 'signed-in',
  summary: 'The workspaces you belong to',
  response: z.object({ items: z.array(workspaceSummary) }),
});
export const getWorkspace = endpoint({
  id: 'getWorkspace',
  method: 'GET',
  path: '/v1/workspace',
  tag: 'Workspace',
  access: 'viewer',
  summary: 'The workspace: what its data holds, how fresh it is, when its rollups were last verified',
  query: workspaceQuery.extend({
    /** No answer older than this data version. */
    minVersion: z.coerce.number('a data version').int('a whole number').min(0).optional(),
  }),
  response: workspaceDetail,
});
export const createWorkspace = endpoint({
  id: 'createWorkspace',
  method: 'POST',
  path: '/v1/workspaces',
  tag: 'Workspace',
  access: 'signed-in',
  keys: 'none',
  summary: 'Create an empty workspace, of which you become admin',
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD')
      .default('USD'),
  }),
  response: workspaceSummary,
});
/** Households of a population that the panel stands for; null: not known. */
const universe = z
  .int('a whole number')
  .min(1, 'at least 1, or null for none')
  .max(2_000_000_000, 'at most 2,000,000,000')
  .nullable();

/** What shopper metrics rest on. */
export const bases = z.strictObject({
  universe,
  /** Of regions, for what is filtered or broken down by them; regions left out stay. */
  regionUniverses: z.array(z.strictObject({ region: id, universe })).max(1_000, 'at most 1,000 regions'),
  /** Shopper metrics of fewer buyers than this are marked; 0 marks none. */
  lowBase: z.int('a whole number').min(0, '0 or more').max(1_000_000, 'at most 1,000,000'),
});
export type Bases = z.output<typeof bases>;

/** From this data version on. */
const changed = z.object({ dataVersion: z.number() });

export const updateBases = endpoint({
  id: 'updateBases',
  method: 'PATCH',
  path: '/v1/workspace/bases',
  tag: 'Workspace',
  access: 'admin',
  summary:
    'Set the universe, of the workspace and of regions, and the low base under which shopper metrics are marked; what is left out stays',
  query: workspaceQuery,
  body: bases.partial(),
  response: changed,
});
export const updateCalendar = endpoint({
  id: 'updateCalendar',
  method: 'PATCH',
  path: '/v1/workspace/calendar',
  tag: 'Workspace',
  access: 'admin',
  summary:
    'Set what weeks, quarters and years are, and for files checked from then on what a day is; what is left out stays',
  query: workspaceQuery,
  body: calendar.extend(clock.shape).partial(),
  response: changed,
});
export const updateRetention = endpoint({
  id: 'updateRetention',
  method: 'PATCH',
  path: '/v1/workspace/retention',
  tag: 'Workspace',
  access: 'admin',
  summary:
    'Set for how many months lines are kept; older ones are deleted for good within a minute, and from then on month by month',
  query: workspaceQuery,
  body: z.strictObject({
    months: z.int('a whole number').min(1, 'at least 1, or null for ever').max(240, 'at most 240').nullable(),
  }),
  response: changed,
});
export const deleteWorkspace = endpoint({
  id: 'deleteWorkspace',
  method: 'DELETE',
  path: '/v1/workspace',
  tag: 'Workspace',
  access: 'admin',
  replay: 'never',
  summary: 'Delete the workspace with all of its data, for good; nobody sees it from then on',
  query: z.strictObject({
    workspace: workspaceQuery.shape.workspace,
    /** The workspace's slug once more, so that none is deleted by mistake. */
    confirm: z.string(),
  }),
  response: z.object({ deleted: z.boolean() }),
});
export const verifyRollups = endpoint({
  id: 'verifyRollups',
  method: 'POST',
  path: '/v1/workspace/verify',
  tag: 'Workspace',
  access: 'analyst',
  summary: 'Start proving that the rollups equal the lines, and what must always hold',
  query: workspaceQuery,
  response: z.object({ started: z.boolean() }),
});
