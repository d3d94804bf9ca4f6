'use client';

import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ViewParams } from '@/lib/client/view-params';
import { kinds, memberKinds, membersOptions, type MemberKind } from './slice-kinds';
import classes from './Filters.module.css';

interface ChipProps {
  kind: string;
  /** The values; undefined where a name is not known. */
  names: (string | undefined)[];
  onOff: () => void;
}

const mostNamed = 3;

function Chip({ kind, names, onOff }: ChipProps) {
  const known = names.filter((name) => name !== undefined);
  const text = known.length === names.length && names.length <= mostNamed ? known.join(', ') : `${names.length} chosen`;
  return (
    <span className={classes.chip}>
      <span className={classes.chipText} title={`${kind}: ${known.join(', ') || text}`}>
        <span className={classes.chipKind}>{kind} </span>
        {text}
      </span>
      <UnstyledButton className={classes.chipOff} onClick={onOff} aria-label={`Take off: ${kind} ${text}`}>
        <IconX size={13} />
      </UnstyledButton>
    </span>
  );
}

function MemberChip({
  workspace,
  kind,
  ids,
  onOff,
}: {
  workspace: string;
  kind: MemberKind;
  ids: number[];
  onOff: () => void;
}) {
  const { data } = useQuery({ ...membersOptions(workspace, kind, ids), placeholderData: keepPreviousData });
  const names = ids.map((id) => data?.items.find((item) => item.id === id)?.name);
  return <Chip kind={kinds[kind].one} names={names} onOff={onOff} />;
}

interface Props {
  workspace: string;
  params: ViewParams;
  change: (next: Partial<ViewParams>) => void;
}

/** The filters that are on; each comes off with one press. */
export function SliceChips({ workspace, params, change }: Props) {
  const attributes = [...new Set((params.attr ?? []).map(({ of, name }) => `${of}:${name}`))];
  return (
    <div className={classes.chips}>
      {memberKinds.map((kind) => {
        const ids = params[kind];
        if (!ids?.length) return null;
        return (
          <MemberChip key={kind} workspace={workspace} kind={kind} ids={ids} onOff={() => change({ [kind]: null })} />
        );
      })}
      {params.promotion && (
        <Chip
          kind="Promotion"
          names={[params.promotion === 'promoted' ? 'on' : 'off']}
          onOff={() => change({ promotion: null })}
        />
      )}
      {attributes.map((key) => {
        const mine = (params.attr ?? []).filter(({ of, name }) => `${of}:${name}` === key);
        const rest = (params.attr ?? []).filter(({ of, name }) => `${of}:${name}` !== key);
        return (
          <Chip
            key={key}
            kind={mine[0]?.name ?? key}
            names={mine.map(({ value }) => value)}
            onOff={() => change({ attr: rest.length > 0 ? rest : null })}
          />
        );
      })}
    </div>
  );
}
