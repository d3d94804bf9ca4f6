'use client';

import { useState } from 'react';
import { Select } from '@mantine/core';
import { nameSign } from './signs';

interface Props {
  label: string;
  placeholder: string;
  clearable: boolean;
  /** Signs with names of their own. */
  names: Record<string, string>;
  detected: string | undefined;
  /** Characters. */
  longest: number;
  value: string | null;
  onChange: (sign: string | null) => void;
}

/** Signs to choose from by their names; any other is typed. */
export function SignSelect({ names, detected, longest, value, ...props }: Props) {
  const [typed, setTyped] = useState('');
  const known = Object.values(names).some((name) => name.toLowerCase().includes(typed.trim().toLowerCase()));
  const own = typed !== '' && typed.length <= longest && !known ? typed : undefined;
  const signs = [detected, value, own].filter((sign) => typeof sign === 'string');
  const named = { ...Object.fromEntries(signs.map((sign) => [sign, nameSign(sign, names)])), ...names };
  return (
    <Select
      {...props}
      searchable
      nothingFoundMessage={`Up to ${longest} characters`}
      data={Object.entries(named).map(([sign, label]) => ({ value: sign, label }))}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
