import { z } from 'zod';
import { endpoint } from './endpoint';
import { workspaceQuery } from './query';
import { importRules, ruleFacts, severities, type ImportRule } from './rule-facts';

// How strict the check of a file is in a workspace.

const setting = z.object({ severity: z.enum(severities), threshold: z.number() });

export const importRule = setting.extend({
  rule: z.enum(importRules),
  title: z.string(),
  /** What it looks for. */
  finds: z.string(),
  /** What the threshold is. */
  measure: z.string(),
  unit: z.enum(['days', 'count', 'share', 'times', 'none']),
  /** What holds in workspaces that set nothing: of the installation. */
  standard: setting,
});
export type ImportRuleSetting = z.output<typeof importRule>;

const list = z.object({ items: z.array(importRule) });

/** What a workspace sets of a rule; null, or left out, is as the installation has it. */
function change(rule: ImportRule) {
  const { least, most } = ruleFacts[rule];
  const range = `a number from ${least} to ${most}`;
  return z
    .strictObject({
      severity: z
        .enum(severities, `one of ${severities.join(', ')}`)
        .nullable()
        .optional(),
      threshold: z.number(range).min(least, range).max(most, range).nullable().optional(),
    })
    .nullable()
    .optional();
}
const changes = z.strictObject(
  Object.fromEntries(importRules.map((rule) => [rule, change(rule)])) as Record<ImportRule, ReturnType<typeof change>>,
);
export type RuleChanges = z.output<typeof changes>;

export const listImportRules = endpoint({
  id: 'listImportRules',
  method: 'GET',
  path: '/v1/workspace/import-rules',
  tag: 'Imports',
  access: 'viewer',
  summary: 'What the check of a file looks for, how strictly, and what the installation would have',
  query: workspaceQuery,
  response: list,
});
export const updateImportRules = endpoint({
  id: 'updateImportRules',
  method: 'PATCH',
  path: '/v1/workspace/import-rules',
  tag: 'Imports',
  access: 'admin',
  summary:
    'Set severity and threshold of rules for files checked from now on; a rule that is null is as the installation has it, rules left out stay',
  query: workspaceQuery,
  body: changes,
  response: list,
});
