import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import type { ImportRuleSetting, RuleChanges } from '@/lib/contract/import-rules';
import { importRules, ruleFacts, type ImportRule, type Severity } from '@/lib/contract/rule-facts';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { env } from '@/lib/env';

interface Setting {
  severity: Severity;
  threshold: number;
}
type Own = Partial<Record<ImportRule, { severity: Severity | null; threshold: number | null }>>;

/** What holds where a workspace sets nothing. */
function standardOf(rule: ImportRule): Setting {
  const { severity, threshold } = ruleFacts[rule];
  return { severity, threshold, ...env.IMPORT_RULES[rule] };
}

async function readOwn(client: Pick<PoolClient, 'query'>, workspaceId: number): Promise<Own> {
  const { rows } = await client.query<{ rule: ImportRule; severity: Severity | null; threshold: number | null }>(
    'SELECT rule, severity, threshold FROM import_rule WHERE workspace_id = $1',
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ rule, ...own }) => [rule, own]));
}

/** How strictly the rules hold in a workspace: what it sets itself, else what the installation does. */
export async function readRuleSettings(
  workspaceId: number,
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<ImportRuleSetting[]> {
  const own = await readOwn(client, workspaceId);
  return importRules.map((rule) => {
    const standard = standardOf(rule);
    const { title, finds, measure, unit } = ruleFacts[rule];
    const severity = own[rule]?.severity ?? standard.severity;
    const threshold = own[rule]?.threshold ?? standard.threshold;
    return { rule, title, finds, measure, unit, severity, threshold, standard };
  });
}

/** Sets rules of a workspace, for files that are checked from now on: numbers that are published stay. */
export async function setRules(change: { workspaceId: number; userId: string; rules: RuleChanges }): Promise<void> {
  const { workspaceId, userId, rules } = change;
  const named = importRules.flatMap((rule) => {
    const to = rules[rule];
    if (to === undefined) return [];
    return [{ rule, severity: to?.severity ?? null, threshold: to?.threshold ?? null }];
  });
  if (named.length === 0) return;
  await inTransaction(async (client) => {
    // Those who set the same rules at once come one after the other.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`rules ${workspaceId}`]);
    await client.query('DELETE FROM import_rule WHERE workspace_id = $1 AND rule = ANY($2)', [
      workspaceId,
      named.map(({ rule }) => rule),
    ]);
    const kept = named.filter(({ severity, threshold }) => severity !== null || threshold !== null);
    await client.query(
      `INSERT INTO import_rule (workspace_id, rule, severity, threshold)
       SELECT $1, rule, severity, threshold FROM unnest($2::text[], $3::text[], $4::float8[]) AS given (rule, severity, threshold)`,
      [workspaceId, kept.map(({ rule }) => rule), kept.map((one) => one.severity), kept.map((one) => one.threshold)],
    );
    const detail = Object.fromEntries(named.map(({ rule, ...to }) => [rule, to]));
    await recordAudit(client, { workspaceId, userId, action: 'workspace.rules', subject: 'rules', detail });
  });
}
