'use client';

import { useState } from 'react';
import { Button, Select } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Field } from '@/lib/contract/imports';
import { Panel } from '@/components/ui/Panel';
import type { DraftState } from './draft';
import { fields, groups, isRequired } from './fields';
import classes from './wizard.module.css';

function FieldRow({ field, draft, tried }: { field: Field; draft: DraftState; tried: boolean }) {
  const { label, hint } = fields[field];
  const chosen = draft.mapping.columns[field] ?? null;
  const column = draft.columns.find(({ name }) => name === chosen);
  const required = isRequired(field, draft.kind, draft.mapping);
  const others = Object.entries(draft.mapping.columns).filter(([other, name]) => other !== field && name === chosen);
  const fault = draft.faults.get(`columns.${field}`);
  return (
    <div className={classes.field} data-mapped={chosen !== null} data-required={required || undefined}>
      <div className={classes.fieldName}>
        <span className={classes.fieldLabel}>
          {label}
          {required && chosen === null && <span className={classes.required}>required</span>}
        </span>
        {hint && <span className={classes.fieldHint}>{hint}</span>}
      </div>
      <IconArrowLeft size={15} className={classes.arrow} aria-hidden />
      <div className={classes.fieldColumn}>
        <Select
          aria-label={`Column for ${label}`}
          placeholder="Not in this file"
          data={draft.columns.map(({ name }) => name)}
          value={chosen}
          onChange={(name) => draft.setColumn(field, name)}
          clearable
          searchable
          nothingFoundMessage="No such column"
          error={tried && fault}
          maxDropdownHeight={280}
          comboboxProps={{ shadow: 'md' }}
        />
        {others.length > 0 && (
          <span className={classes.also}>
            Also used for {others.map(([other]) => fields[other as Field].label).join(', ')}
          </span>
        )}
      </div>
      <div className={classes.samples} title={column?.samples.join('\n')}>
        {column ? column.samples.slice(0, 3).map((sample, at) => <code key={at}>{sample}</code>) : null}
        {column?.samples.length === 0 && <span className={classes.fieldHint}>empty in the first rows</span>}
      </div>
    </div>
  );
}

/** Every field with the column it is read from, and what that column holds. */
export function FieldTable({ draft, tried }: { draft: DraftState; tried: boolean }) {
  // Rows stay where they are while one edits: which ones are shown is settled when the kind is.
  const [shown, setShown] = useState(() => ({ kind: draft.kind, fields: foundIn(draft) }));
  const [all, setAll] = useState(false);
  if (shown.kind !== draft.kind) setShown({ kind: draft.kind, fields: foundIn(draft) });
  const hidden = groups[draft.kind].flatMap((group) => group.fields).filter((field) => !isShown(field));
  function isShown(field: Field): boolean {
    return (
      shown.fields.has(field) ||
      isRequired(field, draft.kind, draft.mapping) ||
      draft.mapping.columns[field] !== undefined
    );
  }
  return (
    <Panel title="Fields" subtitle="Each field of Brandlens and the column of your file that it is read from">
      {groups[draft.kind].map(({ name, fields: list }) => {
        const rows = all ? list : list.filter(isShown);
        if (rows.length === 0) return null;
        return (
          <fieldset key={name} className={classes.group}>
            <legend className={classes.legend}>{name}</legend>
            {rows.map((field) => (
              <FieldRow key={field} field={field} draft={draft} tried={tried} />
            ))}
          </fieldset>
        );
      })}
      {hidden.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          mt={6}
          leftSection={all ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
          onClick={() => setAll(!all)}
          aria-expanded={all}
        >
          {all ? 'Hide fields without a column' : `${hidden.length} further fields without a column`}
        </Button>
      )}
    </Panel>
  );
}

const foundIn = ({ mapping }: DraftState): Set<string> => new Set(Object.keys(mapping.columns));
