'use client';

import { Select } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Field, Made } from '@/lib/contract/imports';
import { madeColumns } from '@/lib/mapping/made';
import { isNumber } from '@/lib/mapping/mapping-faults';
import { CountForm } from './CountForm';
import type { DraftState } from './draft';
import { fields, isRequired } from './fields';
import { MadeForm } from './MadeForm';
import classes from './wizard.module.css';

const COLUMN = 'column ';
const ways = [
  { value: 'constant', label: 'The same text in every row …' },
  { value: 'join', label: 'Several columns, joined …' },
  { value: 'calculate', label: 'Calculated …' },
  { value: 'part', label: 'A piece of a column …' },
  { value: 'brandIn', label: 'Found in a description …' },
] as const;
type Way = (typeof ways)[number]['value'];

const wayOf = (made: Made): Way => ways.find(({ value }) => value in made)?.value ?? 'brandIn';

/** Only the brand is looked for in a text, and only numbers are calculated. */
const isWayOf = (field: Field, way: Way): boolean =>
  way === 'brandIn' ? field === 'brand' : way !== 'calculate' || isNumber(field);

/** What a way begins with: the columns that are there. */
function begin(way: Way, names: string[]): Made {
  if (way === 'constant') return { constant: '' };
  const first = names[0] ?? '';
  if (way === 'calculate') return { calculate: [first, '*', 1] };
  if (way === 'part') return { part: first, before: '-' };
  return way === 'join' ? { join: [], with: '-' } : { brandIn: first };
}

/** One field and what it is read from: a column, or what it is made of. */
export function FieldRow({ field, draft, tried }: { field: Field; draft: DraftState; tried: boolean }) {
  const { label, hint } = fields[field];
  const { columns, mapping } = draft;
  const chosen = mapping.columns[field];
  const made = mapping.made[field];
  const given = chosen !== undefined || made !== undefined;
  const required = isRequired(field, draft.kind, mapping);
  const others = Object.entries(mapping.columns).filter(([other, name]) => other !== field && name === chosen);
  const fault = draft.faults.get(`columns.${field}`) ?? draft.faults.get(`made.${field}`);
  const samples = made ? madeSamples(draft, field) : (columns.find(({ name }) => name === chosen)?.samples ?? []);
  return (
    <div className={classes.field} data-mapped={given} data-required={required || undefined}>
      <div className={classes.fieldName}>
        <span className={classes.fieldLabel}>
          {label}
          {required && !given && <span className={classes.required}>required</span>}
        </span>
        {hint && <span className={classes.fieldHint}>{hint}</span>}
      </div>
      <IconArrowLeft size={15} className={classes.arrow} aria-hidden />
      <div className={classes.fieldColumn}>
        <Select
          aria-label={`Column for ${label}`}
          placeholder="Not in this file"
          data={[
            { group: 'Columns', items: columns.map(({ name }) => ({ value: `${COLUMN}${name}`, label: name })) },
            { group: 'Made of', items: ways.filter(({ value }) => isWayOf(field, value)) },
          ]}
          value={made ? wayOf(made) : chosen === undefined ? null : `${COLUMN}${chosen}`}
          onChange={(value) => {
            const way = ways.find((known) => known.value === value);
            if (way)
              draft.setMade(
                field,
                begin(
                  way.value,
                  columns.map(({ name }) => name),
                ),
              );
            else draft.setColumn(field, value === null ? null : value.slice(COLUMN.length));
          }}
          clearable
          // Picked once more, a column stays; the cross takes it away.
          allowDeselect={false}
          searchable
          nothingFoundMessage="No such column"
          error={tried && fault}
          maxDropdownHeight={280}
          comboboxProps={{ shadow: 'md' }}
        />
        {made && (
          <MadeForm
            label={label}
            made={made}
            names={columns.map(({ name }) => name)}
            onChange={(next) => draft.setMade(field, next)}
          />
        )}
        {others.length > 0 && (
          <span className={classes.also}>
            Also used for {others.map(([other]) => fields[other as Field].label).join(', ')}
          </span>
        )}
      </div>
      {made && 'brandIn' in made ? (
        <span className={classes.fieldHint}>
          The longest name of a brand of this workspace that stands there; the check counts the rows without one
        </span>
      ) : (
        <div className={classes.samples} title={samples.join('\n')}>
          {samples.slice(0, 3).map((sample, at) => (
            <code key={at}>{sample}</code>
          ))}
          {given && samples.length === 0 && <span className={classes.fieldHint}>empty in the first rows</span>}
        </div>
      )}
      {field === 'date' && chosen !== undefined && <CountForm draft={draft} tried={tried} />}
    </div>
  );
}

/** What the first rows would hold. */
function madeSamples({ mapping, columns, preview }: DraftState, field: Field): string[] {
  const made = mapping.made[field];
  if (!made) return [];
  const one = madeColumns(
    { ...mapping, made: { [field]: made } },
    columns.map(({ name }) => name),
    { rows: preview },
  );
  const values = preview.map((row) => one?.fill(row).at(-1) ?? '').filter((value) => value !== '');
  return [...new Set(values)];
}
