import type { ImportRuleSetting, RuleChanges } from '@/lib/contract/import-rules';
import type { ImportRule, Severity } from '@/lib/contract/rule-facts';

type Unit = ImportRuleSetting['unit'];

/** What was changed of the rules and is not saved. */
export type Draft = Partial<Record<ImportRule, { severity?: Severity; threshold?: number }>>;

export const words: Record<Severity, string> = { off: 'Ignore', warning: 'Warn', error: 'Stop the file' };
const suffixes: Record<Unit, string> = { share: ' %', times: ' ×', days: ' days', count: '', none: '' };

// Shares are written in percent; rounded, as 0.07 × 100 is not 7.
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
export const shownOf = (unit: Unit, threshold: number): number =>
  rounded(unit === 'share' ? threshold * 100 : threshold);
export const thresholdOf = (unit: Unit, shown: number): number => rounded(unit === 'share' ? shown / 100 : shown);

export const suffixOf = (unit: Unit, shown: number): string =>
  unit === 'days' && shown === 1 ? ' day' : suffixes[unit];
function withUnit(unit: Unit, threshold: number): string {
  const shown = shownOf(unit, threshold);
  return `${shown}${suffixOf(unit, shown)}`;
}

export const standardText = ({ unit, standard }: ImportRuleSetting): string =>
  words[standard.severity].toLowerCase() + (unit === 'none' ? '' : `, ${withUnit(unit, standard.threshold)}`);

/** What has to be sent: rules that differ from how they are saved. What is as by default follows the default. */
export function changesOf(rules: readonly ImportRuleSetting[], draft: Draft): RuleChanges {
  const changes: Partial<RuleChanges> = {};
  for (const saved of rules) {
    const { rule, standard } = saved;
    const severity = draft[rule]?.severity ?? saved.severity;
    const threshold = draft[rule]?.threshold ?? saved.threshold;
    if (severity === saved.severity && threshold === saved.threshold) continue;
    const own = {
      severity: severity === standard.severity ? null : severity,
      threshold: threshold === standard.threshold ? null : threshold,
    };
    changes[rule] = own.severity === null && own.threshold === null ? null : own;
  }
  return changes;
}
