'use client';

import { useState } from 'react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { membersOptions } from '@/components/filters/slice-kinds';

interface Props {
  workspace: string;
  value: number | null;
  onChange: (id: number) => void;
}

/** One brand: type to find it. */
export function BrandPicker({ workspace, value, onChange }: Props) {
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const keep = { placeholderData: keepPreviousData };
  const { data: found } = useQuery({ ...membersOptions(workspace, 'brand', wanted), ...keep });
  const { data: chosen } = useQuery({
    ...membersOptions(workspace, 'brand', value === null ? [] : [value]),
    ...keep,
    enabled: value !== null,
  });
  const items = new Map([...(found?.items ?? []), ...(chosen?.items ?? [])].map(({ id, name }) => [id, name]));
  return (
    <Select
      size="xs"
      w={220}
      searchable
      allowDeselect={false}
      aria-label="Brand"
      placeholder="Choose a brand"
      nothingFoundMessage="Nothing found"
      filter={({ options }) => options}
      comboboxProps={{ shadow: 'md' }}
      data={[...items].map(([id, name]) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onSearchChange={(text) => setSearch(value !== null && text === items.get(value) ? '' : text)}
      onChange={(id) => id && onChange(Number(id))}
    />
  );
}
