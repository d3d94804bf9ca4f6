import { z } from 'zod';
import { calendar } from './calendar';
import { endpoint } from './endpoint';
import { responseMeta, workspaceQuery } from './query';

export const workspaceSummary = z.object({
  slug: z.string(),
  name: z.string(),
  role: z.enum(['viewer', 'analyst', 'admin']),
});

export const rollupCheck = z.object({
  dataVersion: z.number(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Null while it runs. */
  ok: z.boolean().nullable(),
  checks: z.array(z.object({ name: z.string(), compared: z.number(), differences: z.array(z.string()) })),
});

/** What the workspace's data holds, and so which metrics it can give. */
export const workspaceDetail = workspaceSummary.extend({
  meta: responseMeta,
  lowBase: z.number(),
  universe: z.number().nullable(),
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
export const updateCalendar = endpoint({
  id: 'updateCalendar',
  method: 'PATCH',
  path: '/v1/workspace/calendar',
  tag: 'Workspace',
  access: 'admin',
  summary: 'Set what weeks, quarters and years are; what is left out stays',
  query: workspaceQuery,
  body: calendar.partial(),
  response: z.object({
    /** From this data version on. */
    dataVersion: z.number(),
  }),
});
export const verifyRollups = endpoint({
  id: 'verifyRollups',
  method: 'POST',
  path: '/v1/workspace/verify',
  tag: 'Workspace',
  access: 'analyst',
  summary: 'Start proving that the rollups equal the lines',
  query: workspaceQuery,
  response: z.object({ started: z.boolean() }),
});
