'use client';

import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Field } from '@/lib/contract/imports';
import { fieldsGiven } from '@/lib/mapping/made';
import { Panel } from '@/components/ui/Panel';
import type { DraftState } from './draft';
import { FieldRow } from './FieldRow';
import { groups, isRequired } from './fields';
import classes from './wizard.module.css';

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
      draft.mapping.columns[field] !== undefined ||
      draft.mapping.made[field] !== undefined
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

const foundIn = ({ mapping }: DraftState): Set<string> => new Set(fieldsGiven(mapping));
