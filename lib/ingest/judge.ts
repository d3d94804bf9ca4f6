import 'server-only';
import type { PoolClient } from 'pg';
import type { Mapping } from '@/lib/contract/imports';
import type { ImportReport } from '@/lib/contract/report';
import { activeRules, type Found } from './rules';

interface Judged {
  workspaceId: number;
  importId: number;
  mapping: Mapping;
  fields: readonly string[];
  rows: number;
}

/** From so many lines on each table is read once, whatever is thought to be in it; fewer are looked up in the others. */
export const MANY = 1_000;

/** What the rules find in the staged lines. */
export async function judge(client: PoolClient, judged: Judged): Promise<ImportReport['warnings']> {
  const { workspaceId, importId, mapping, fields } = judged;
  const findings: ImportReport['warnings'] = [];
  if (judged.rows > MANY) await client.query('SET LOCAL enable_nestloop = off; SET LOCAL jit = off');
  for (const { name, severity, threshold, says, sql } of activeRules(fields)) {
    const { rows: found } = await client.query<Found>(sql(mapping), [workspaceId, importId, threshold]);
    const [first] = found;
    if (!first?.count) continue;
    const { count, rows } = first;
    const message = says(first, threshold);
    findings.push({
      rule: name,
      message,
      count,
      rows: rows ?? [],
      severity: severity === 'error' ? 'error' : 'warning',
      threshold,
    });
  }
  return findings;
}
