'use client';

import { useState } from 'react';
import { NumberInput, Select, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { listImportRules, updateImportRules, type ImportRuleSetting } from '@/lib/contract/import-rules';
import { ruleFacts, type ImportRule, type Severity } from '@/lib/contract/rule-facts';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { SaveOrUndo } from './SaveOrUndo';
import { changesOf, shownOf, standardText, suffixOf, thresholdOf, words, type Draft } from './rule-draft';
import classes from './ImportRules.module.css';

/** How strict the check of a file is. Admins change it; everybody may read it. */
export function ImportRulesForm({ detail: { slug, role } }: { detail: WorkspaceDetail }) {
  const query = optionsOf(listImportRules, { query: { workspace: slug } });
  const { data, error, refetch } = useQuery(query);
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>({});
  const admin = role === 'admin';
  const saving = useMutation({
    mutationFn: (rules: ImportRuleSetting[]) =>
      call(updateImportRules, { query: { workspace: slug }, body: changesOf(rules, draft) }),
    onSuccess: (saved) => {
      client.setQueryData(query.queryKey, saved);
      setDraft({});
    },
  });
  const change = (rule: ImportRule, part: Draft[ImportRule]) =>
    setDraft({ ...draft, [rule]: { ...draft[rule], ...part } });
  return (
    <Panel
      title="Import rules"
      subtitle={
        admin
          ? 'What the check of a transactions file looks for. A rule that warns tells; one that stops keeps the file from being published. Holds for files checked from now on.'
          : 'What the check of a transactions file looks for. Only admins of the workspace change it'
      }
    >
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={420} aria-busy />}
      {data && (
        <form
          aria-label="Import rules"
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate(data.items);
          }}
        >
          <ul className={classes.list}>
            {data.items.map((item) => {
              const { rule, title, finds, measure, unit } = item;
              const severity = draft[rule]?.severity ?? item.severity;
              const threshold = draft[rule]?.threshold ?? item.threshold;
              const { least, most } = ruleFacts[rule];
              return (
                <li key={rule} className={classes.rule}>
                  <div>
                    <div className={classes.name}>{title}</div>
                    <div className={classes.finds}>{finds}.</div>
                    <div className={classes.note}>
                      <span>
                        {measure[0]?.toUpperCase()}
                        {measure.slice(1)}.
                      </span>{' '}
                      <span className={classes.standard}>Default: {standardText(item)}.</span>
                    </div>
                  </div>
                  <Select
                    label="If found"
                    aria-label={`If found: ${title}`}
                    data={Object.entries(words).map(([value, label]) => ({ value, label }))}
                    value={severity}
                    disabled={!admin}
                    allowDeselect={false}
                    onChange={(value) => change(rule, { severity: value as Severity })}
                  />
                  {unit !== 'none' && (
                    <NumberInput
                      label="Threshold"
                      aria-label={`Threshold: ${title}`}
                      disabled={!admin || severity === 'off'}
                      allowNegative={false}
                      suffix={suffixOf(unit, shownOf(unit, threshold))}
                      min={shownOf(unit, least)}
                      max={shownOf(unit, most)}
                      value={shownOf(unit, threshold)}
                      onChange={(value) =>
                        change(rule, { threshold: value === '' ? item.threshold : thresholdOf(unit, Number(value)) })
                      }
                    />
                  )}
                </li>
              );
            })}
          </ul>
          <SaveOrUndo
            admin={admin}
            changed={Object.keys(changesOf(data.items, draft)).length > 0}
            pending={saving.isPending}
            error={saving.error}
            undo={() => setDraft({})}
          />
        </form>
      )}
    </Panel>
  );
}
