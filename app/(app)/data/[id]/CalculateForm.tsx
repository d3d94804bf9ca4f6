'use client';

import { useState } from 'react';
import { Autocomplete, Select } from '@mantine/core';
import { operators, type Made } from '@/lib/contract/imports';
import type { FormOf } from './form-of';
import classes from './wizard.module.css';

type Calculated = Extract<Made, { calculate: unknown }>;

const labels: Record<(typeof operators)[number], string> = { '+': '+', '-': '−', '*': '×', '/': '÷' };
const operations = operators.map((value) => ({ value, label: labels[value] }));

/** A column and another one, or a number. */
export function CalculateForm({ label, made: { calculate }, names, onChange }: FormOf<Calculated>) {
  const [left, operator, right] = calculate;
  // While one types, "0." is no number yet.
  const [typed, setTyped] = useState(String(right));
  const change = (next: Partial<Record<0 | 1 | 2, string | number>>) =>
    onChange({ calculate: Object.assign([left, operator, right], next) as Calculated['calculate'] });
  return (
    <div className={classes.calculated}>
      <Select
        aria-label={`First number for ${label}`}
        data={names}
        value={left}
        allowDeselect={false}
        searchable
        onChange={(column) => change({ 0: column ?? left })}
        comboboxProps={{ shadow: 'md' }}
      />
      <Select
        aria-label={`Calculated how for ${label}`}
        data={operations}
        value={operator}
        allowDeselect={false}
        onChange={(value) => change({ 1: value ?? operator })}
        comboboxProps={{ shadow: 'md' }}
      />
      <Autocomplete
        aria-label={`Second number for ${label}`}
        placeholder="Column or number"
        data={names}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          const number = text.trim() === '' || names.includes(text) ? Number.NaN : Number(text);
          change({ 2: Number.isNaN(number) ? text : number });
        }}
        comboboxProps={{ shadow: 'md' }}
      />
    </div>
  );
}
