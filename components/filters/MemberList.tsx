'use client';

import { useState } from 'react';
import Link from '@/components/ui/Link';
import { Checkbox, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLink } from '@/components/shell/workspace-context';
import { kinds, membersOptions, type MemberKind } from './slice-kinds';
import classes from './Filters.module.css';

interface Props {
  workspace: string;
  kind: MemberKind;
  chosen: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Members to choose from: type to find, tick to take. */
export function MemberList({ workspace, kind, chosen, onChange }: Props) {
  const [search, setSearch] = useState('');
  const link = useLink();
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const { data, isPending, error } = useQuery({
    ...membersOptions(workspace, kind, wanted),
    placeholderData: keepPreviousData,
  });
  const toggle = (id: number) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <TextInput
        data-autofocus
        placeholder={`Find ${kinds[kind].many}`}
        aria-label={`Find ${kinds[kind].many}`}
        leftSection={<IconSearch size={15} />}
        rightSection={isPending ? <Loader size={14} /> : null}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ul className={classes.list}>
        {data?.items.map(({ id, name, hint }) => (
          <li key={id} className={classes.option}>
            <Checkbox
              size="xs"
              label={name}
              description={hint}
              checked={chosen.includes(id)}
              onChange={() => toggle(id)}
            />
          </li>
        ))}
      </ul>
      {error && <p className={classes.more}>The list cannot be read right now.</p>}
      {data?.items.length === 0 && <p className={classes.more}>Nothing found.</p>}
      {(kind === 'group' || kind === 'store_group') && (
        <p className={classes.more}>
          <Link href={link('/settings')}>Manage groups</Link>
        </p>
      )}
      {data && data.total > data.items.length && (
        <p className={classes.more}>
          {data.items.length} of {data.total}. Type to find others.
        </p>
      )}
    </>
  );
}
