'use client';

import { MultiSelect, Select, TextInput } from '@mantine/core';
import type { Made } from '@/lib/contract/imports';
import { CalculateForm } from './CalculateForm';
import type { FormOf } from './form-of';
import { PartForm } from './PartForm';
import classes from './wizard.module.css';

const separators = [
  { value: '-', label: 'with -' },
  { value: ' ', label: 'with a blank' },
  { value: '/', label: 'with /' },
  { value: '_', label: 'with _' },
  { value: '', label: 'with nothing between' },
];

/** What a field is made of. */
export function MadeForm({ label, made, names, onChange }: FormOf<Made>) {
  if ('constant' in made)
    return (
      <TextInput
        aria-label={`Text for ${label}`}
        placeholder="Web shop"
        value={made.constant}
        maxLength={255}
        mt={4}
        onChange={({ currentTarget }) => onChange({ constant: currentTarget.value })}
      />
    );
  if ('brandIn' in made)
    return (
      <Select
        aria-label={`Text that names the ${label.toLowerCase()}`}
        data={names}
        value={made.brandIn}
        allowDeselect={false}
        mt={4}
        onChange={(brandIn) => onChange({ brandIn: brandIn ?? made.brandIn })}
        comboboxProps={{ shadow: 'md' }}
      />
    );
  if ('calculate' in made) return <CalculateForm label={label} made={made} names={names} onChange={onChange} />;
  if ('part' in made) return <PartForm label={label} made={made} names={names} onChange={onChange} />;
  const known = separators.some(({ value }) => value === made.with);
  return (
    <div className={classes.joined}>
      <MultiSelect
        aria-label={`Columns joined for ${label}`}
        placeholder={made.join.length === 0 ? 'Two columns or more' : ''}
        data={names}
        value={made.join}
        maxValues={5}
        searchable
        onChange={(join) => onChange({ ...made, join })}
        comboboxProps={{ shadow: 'md' }}
      />
      <Select
        aria-label={`Joined how for ${label}`}
        data={known ? separators : [...separators, { value: made.with, label: `with ${made.with}` }]}
        value={made.with}
        allowDeselect={false}
        onChange={(value) => onChange({ ...made, with: value ?? made.with })}
        comboboxProps={{ shadow: 'md' }}
      />
    </div>
  );
}
