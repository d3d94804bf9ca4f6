import { listImportRules, updateImportRules } from '@/lib/contract/import-rules';
import { handle } from '@/lib/http/handle';
import { readRuleSettings, setRules } from '@/lib/ingest/rule-settings';

export const GET = handle(listImportRules, async ({ workspace }) => ({ items: await readRuleSettings(workspace.id) }));

export const PATCH = handle(updateImportRules, async ({ workspace, user, body }) => {
  await setRules({ workspaceId: workspace.id, userId: user.id, rules: body });
  return { items: await readRuleSettings(workspace.id) };
});
