'use client';

import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Made } from '@/lib/contract/imports';
import type { FormOf } from './form-of';
import classes from './wizard.module.css';

type Part = Extract<Made, { part: string }>;

const kinds = [
  { value: 'before', label: 'before' },
  { value: 'after', label: 'after' },
  { value: 'first', label: 'first characters' },
  { value: 'last', label: 'last characters' },
] as const;
type Kind = (typeof kinds)[number]['value'];

function said(made: Part): [Kind, string | number] {
  if ('before' in made) return ['before', made.before];
  if ('after' in made) return ['after', made.after];
  return 'first' in made ? ['first', made.first] : ['last', made.last];
}

function partOf(part: string, kind: Kind, of: string | number): Part {
  if (kind === 'before') return { part, before: String(of) };
  if (kind === 'after') return { part, after: String(of) };
  const size = Number(of) || 1;
  return kind === 'first' ? { part, first: size } : { part, last: size };
}

/** A piece of the text of a column. */
export function PartForm({ label, made, names, onChange }: FormOf<Part>) {
  const [kind, of] = said(made);
  const counts = kind === 'first' || kind === 'last';
  return (
    <div className={classes.piece}>
      <Select
        aria-label={`Column with ${label}`}
        data={names}
        value={made.part}
        allowDeselect={false}
        searchable
        onChange={(column) => onChange(partOf(column ?? made.part, kind, of))}
        comboboxProps={{ shadow: 'md' }}
      />
      <Select
        aria-label={`Which piece for ${label}`}
        data={kinds}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          const next = value ?? kind;
          const counted = next === 'first' || next === 'last';
          onChange(partOf(made.part, next, counted === counts ? of : counted ? 3 : '-'));
        }}
        comboboxProps={{ shadow: 'md' }}
      />
      {counts ? (
        <NumberInput
          aria-label={`How many characters for ${label}`}
          value={of}
          min={1}
          max={255}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(size) => onChange(partOf(made.part, kind, size))}
        />
      ) : (
        <TextInput
          aria-label={`Text beside ${label}`}
          value={String(of)}
          maxLength={20}
          onChange={({ currentTarget }) => onChange(partOf(made.part, kind, currentTarget.value))}
        />
      )}
    </div>
  );
}
