'use client';

import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { boughtKinds, type ViewParams } from '@/lib/client/view-params';
import type { ShopperGroup } from '@/lib/contract/query';
import { formatRange } from '@/lib/metrics/format-date';
import { kinds, memberKinds, membersOptions, type MemberKind } from './slice-kinds';
import classes from './Filters.module.css';

interface ChipProps {
  kind: string;
  /** All but these. */
  not?: boolean;
  /** The values; undefined where a name is not known. */
  names: (string | undefined)[];
  onOff: () => void;
}

const mostNamed = 3;

function Chip({ kind, not = false, names, onOff }: ChipProps) {
  const known = names.filter((name) => name !== undefined);
  const text = known.length === names.length && names.length <= mostNamed ? known.join(', ') : `${names.length} chosen`;
  const what = not ? `${kind} not` : kind;
  return (
    <span className={classes.chip}>
      <span className={classes.chipText} title={`${what}: ${known.join(', ') || text}`}>
        <span className={classes.chipKind}>{kind} </span>
        {not && <strong className={classes.chipNot}>not </strong>}
        {text}
      </span>
      <UnstyledButton className={classes.chipOff} onClick={onOff} aria-label={`Take off: ${what} ${text}`}>
        <IconX size={13} />
      </UnstyledButton>
    </span>
  );
}

function MemberChip({
  workspace,
  kind,
  not,
  ids,
  onOff,
}: {
  workspace: string;
  kind: MemberKind;
  not: boolean;
  ids: number[];
  onOff: () => void;
}) {
  const { data } = useQuery({ ...membersOptions(workspace, kind, ids), placeholderData: keepPreviousData });
  const names = ids.map((id) => data?.items.find((item) => item.id === id)?.name);
  return <Chip kind={kinds[kind].one} not={not} names={names} onOff={onOff} />;
}

function ShopperChip({ workspace, group, onOff }: { workspace: string; group: ShopperGroup; onOff: () => void }) {
  const kind = boughtKinds.find((known) => group[known]);
  const ids = (kind && group[kind]) ?? [];
  const { data } = useQuery({
    ...membersOptions(workspace, kind ?? 'brand', ids),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
  });
  const names = ids.map((id) => data?.items.find((item) => item.id === id)?.name);
  const known = names.filter((name) => name !== undefined);
  const what = ids.length === 0 ? 'anything' : known.length === ids.length ? known.join(', ') : `${ids.length} chosen`;
  const who = group.are === 'buyers' ? 'Buyers of' : 'Not buyers of';
  return <Chip kind={who} names={[`${what}, ${formatRange(group)}`]} onOff={onOff} />;
}

interface Props {
  workspace: string;
  params: ViewParams;
  change: (next: Partial<ViewParams>) => void;
}

/** The filters that are on; each comes off with one press. */
export function SliceChips({ workspace, params, change }: Props) {
  return (
    <div className={classes.chips}>
      {memberKinds.flatMap((kind) =>
        ([kind, `not_${kind}`] as const).map((name) => {
          const ids = params[name];
          if (!ids?.length) return null;
          const onOff = () => change({ [name]: null });
          return (
            <MemberChip key={name} workspace={workspace} kind={kind} not={name !== kind} ids={ids} onOff={onOff} />
          );
        }),
      )}
      {params.promotion && (
        <Chip
          kind="Promotion"
          names={[params.promotion === 'promoted' ? 'on' : 'off']}
          onOff={() => change({ promotion: null })}
        />
      )}
      {(params.shoppers ?? []).map((group, at, groups) => (
        <ShopperChip
          key={JSON.stringify(group)}
          workspace={workspace}
          group={group}
          onOff={() => change({ shoppers: groups.length > 1 ? groups.toSpliced(at, 1) : null })}
        />
      ))}
      {(['attr', 'not_attr'] as const).flatMap((param) => {
        const all = params[param] ?? [];
        return [...new Set(all.map(({ of, name }) => `${of}:${name}`))].map((key) => {
          const mine = all.filter(({ of, name }) => `${of}:${name}` === key);
          const rest = all.filter(({ of, name }) => `${of}:${name}` !== key);
          return (
            <Chip
              key={`${param} ${key}`}
              kind={mine[0]?.name ?? key}
              not={param === 'not_attr'}
              names={mine.map(({ value }) => value)}
              onOff={() => change({ [param]: rest.length > 0 ? rest : null })}
            />
          );
        });
      })}
    </div>
  );
}
