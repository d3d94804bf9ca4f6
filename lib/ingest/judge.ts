import 'server-only';
import type { PoolClient } from 'pg';
import type { Mapping } from '@/lib/contract/imports';
import type { ImportReport } from '@/lib/contract/report';
import type { ImportRule } from '@/lib/contract/rule-facts';
import { readRuleSettings } from './rule-settings';
import { rules, stepOf, type Found } from './rules';
import type { Survey } from './survey';
import type { Tally } from './tally';

interface Judged {
  workspaceId: number;
  importId: number;
  mapping: Mapping;
  fields: readonly string[];
  rows: number;
  /** The one that the rows name, where it is known. */
  currency: string | null;
  /** It takes the place of what other files brought: that its receipts are there is what it is for. */
  replaces: boolean;
  newStores: number | undefined;
  tally: Tally;
  survey: Survey | null;
}

const DAY = 86_400_000;

/** From so many lines on each table is read once, whatever is thought to be in it; fewer are looked up in the others. */
export const MANY = 1_000;

/** What the rules find in the staged lines. */
export async function judge(client: PoolClient, judged: Judged): Promise<ImportReport['warnings']> {
  const { workspaceId, importId, mapping, fields, currency } = judged;
  const findings: ImportReport['warnings'] = [];
  if (judged.rows > MANY)
    await client.query(
      `SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '8MB'; SET LOCAL max_parallel_workers_per_gather = 0`,
    );
  for (const { rule: name, title, severity, threshold } of await readRuleSettings(workspaceId, client)) {
    const { needs = [], says, sql } = rules[name];
    if (judged.replaces && name === 'repeated_receipts') continue;
    if (severity === 'off' || !needs.every((field) => fields.includes(field)) || isRuledOut(name, threshold, judged))
      continue;
    const suspects = name === 'shared_receipts' && threshold === 0 ? (judged.survey?.suspectReceipts ?? null) : null;
    const about = { ...mapping, among: suspects !== null };
    const { rows: found } = await client.query<Found>(sql(about, judged.tally), [
      ...[workspaceId, importId, threshold],
      ...(name === 'other_currency' ? [currency] : []),
      ...(suspects === null ? [] : [suspects.receipts, suspects.days]),
    ]);
    const [first] = found;
    if (!first?.count) continue;
    const { count, rows } = first;
    findings.push({
      rule: name,
      title,
      message: says(first, threshold),
      count,
      rows: rows ?? [],
      severity: severity === 'error' ? 'error' : 'warning',
      threshold,
    });
  }
  return findings;
}

/** What was seen while the lines were read says for sure that a rule finds nothing in them. */
function isRuledOut(rule: ImportRule, threshold: number, { mapping, newStores, tally, survey }: Judged): boolean {
  if (rule === 'unknown_stores') return newStores === 0;
  if (rule === 'future_dates') {
    const { to } = tally.range();
    // The database may be in another time zone.
    return to !== null && Date.parse(to) / DAY < Math.floor(Date.now() / DAY) - 1 + Math.trunc(threshold);
  }
  if (survey === null) return false;
  if (rule === 'repeated_lines') return survey.repeated.count <= threshold * tally.accepted;
  if (rule === 'shared_receipts') return survey.suspectReceipts?.receipts.length === 0;
  if (rule === 'outliers') return survey.hasUsualPrices(threshold);
  if (rule !== 'no_revenue') return false;
  const missing = survey.withoutRevenue(stepOf(mapping.grain));
  return missing !== null && missing <= threshold;
}

/** Why a file is held back, and what can be done; null: no rule stops it. */
export function heldBack(findings: ImportReport['warnings']): string | null {
  const stops = findings.filter(({ severity }) => severity === 'error');
  if (stops.length === 0) return null;
  const told = stops.map(({ message }) => `${message}.`).join(' ');
  const names = stops.map(({ title }) => `“${title}”`).join(' and ');
  const [rules, it] = stops.length === 1 ? ['The rule', 'it'] : ['The rules', 'them'];
  return (
    `${told} ${rules} ${names} ${stops.length === 1 ? 'stops' : 'stop'} such a file from being published. Mend the file and ` +
    `load it again; or, if it is right as it is, have an admin set ${it} to warn (Settings, Import rules) and check again.`
  );
}
