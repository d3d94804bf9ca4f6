import { z } from 'zod';
import { endpoint, paging } from './endpoint';
import { workspaceQuery } from './query';

// Who did what and when.

/** Everything that is written down, in words. */
export const auditActions = {
  'import.upload': 'Received a file',
  'import.fix': 'Set cells right',
  'import.publish': 'Published a file',
  'import.revert': 'Reverted a file',
  'import.pause': 'Paused a check',
  'import.resume': 'Resumed a check',
  'import.cancel': 'Cancelled a job',
  'import.discard': 'Discarded a file',
  'template.rename': 'Renamed a mapping',
  'template.forget': 'Forgot a mapping',
  'template.fix': 'Changed what a mapping sets right',
  'correction.apply': 'Applied a correction',
  'correction.undo': 'Undid a correction',
  'correction.drop': 'Dropped a correction',
  'connector.create': 'Added a connector',
  'connector.change': 'Changed a connector',
  'connector.run': 'Ran a connector',
  'connector.stop': 'Stopped a connector',
  'connector.delete': 'Deleted a connector',
  'group.create': 'Made a group',
  'group.change': 'Changed a group',
  'group.delete': 'Deleted a group',
  'person.add': 'Added a person',
  'person.change': 'Changed a role',
  'person.remove': 'Removed a person',
  'key.create': 'Made a key',
  'key.revoke': 'Revoked a key',
  'workspace.calendar': 'Changed the calendar',
  'workspace.bases': 'Changed the bases',
  'workspace.rules': 'Changed the rules of a check',
  'workspace.retention': 'Changed the retention',
  'workspace.expire': 'Removed old lines',
  export: 'Exported data',
} as const;
export type AuditAction = keyof typeof auditActions;

/** Who it was where no person, key or connector was: the command line, or the product by itself. */
export const byNobody = 'system';

export const auditEntry = z.object({
  id: z.number(),
  at: z.string(),
  /** A user's id, "key:ID", "connector:ID" or "system". */
  by: z.string(),
  /** A name as it is now; of what is gone, what is known of it. */
  name: z.string(),
  action: z.string(),
  /** What it was done to: "import 12". */
  subject: z.string(),
  /** What that is called, where it has a name: "january.csv". */
  called: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.output<typeof auditEntry>;

const instant = z.iso
  .datetime({ offset: true, error: 'a time as 2026-11-29T08:00:00Z' })
  .refine((text) => text >= '1970', 'a time since 1970');

const filters = workspaceQuery.extend({
  /** A user's id, "key:ID", "connector:ID" or "system". */
  by: z.string().max(100).optional(),
  action: z.enum(Object.keys(auditActions) as [AuditAction, ...AuditAction[]]).optional(),
  /** From this moment on. */
  from: instant.optional(),
  /** Before this moment. */
  before: instant.optional(),
});
export type AuditFilters = Pick<z.output<typeof filters>, 'by' | 'action' | 'from' | 'before'>;

export const listAudit = endpoint({
  id: 'listAudit',
  method: 'GET',
  path: '/v1/audit',
  tag: 'Audit',
  access: 'admin',
  summary: 'Who did what and when, newest first',
  query: filters.extend(paging),
  response: z.object({
    items: z.array(auditEntry),
    total: z.number(),
    nextCursor: z.string().nullable(),
    /** Everybody who ever did something here, by name. */
    people: z.array(z.object({ by: z.string(), name: z.string() })),
  }),
});
export const exportAudit = endpoint({
  id: 'exportAudit',
  method: 'GET',
  path: '/v1/audit.csv',
  tag: 'Audit',
  access: 'admin',
  summary: 'The same as CSV, without pages',
  query: filters,
  produces: 'text/csv',
  response: z.string(),
});
