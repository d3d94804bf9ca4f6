'use client';

import { useState } from 'react';
import { ActionIcon, Checkbox, NavLink, Radio, SegmentedControl, Stack } from '@mantine/core';
import { IconArrowLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { listAttributes } from '@/lib/contract/members';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { optionsOf } from '@/lib/client/options';
import type { Range } from '@/lib/metrics/periods';
import type { ViewParams } from '@/lib/client/view-params';
import { MemberList } from './MemberList';
import { ShopperGroupForm } from './ShopperGroupForm';
import { kinds, memberKinds, type MemberKind } from './slice-kinds';
import classes from './Filters.module.css';

type Step =
  | { at: 'kinds' }
  | { at: 'shoppers' }
  | { at: 'member'; kind: MemberKind }
  | { at: 'promotion' }
  | { at: 'attribute'; name: string };

/** In the address what is left out has names of its own. */
const prefixes = { include: '', exclude: 'not_' } as const;
type Way = keyof typeof prefixes;
const ways = Object.keys(prefixes) as Way[];
const other: Record<Way, Way> = { include: 'exclude', exclude: 'include' };

interface Props {
  workspace: string;
  detail: WorkspaceDetail;
  /** What a group of shoppers is first offered for. */
  dates: Range;
  params: ViewParams;
  change: (next: Partial<ViewParams>) => void;
}

/** Adds to the slice: first what kind of filter, then which members. Only what the data has is offered. */
export function SliceChooser({ workspace, detail, dates, params, change }: Props) {
  const [step, setStep] = useState<Step>({ at: 'kinds' });
  const [way, setWay] = useState<Way>('include');
  const { data } = useQuery(optionsOf(listAttributes, { query: { workspace } }));
  const attributes = data?.items ?? [];
  const idsOf = (kind: MemberKind, by: Way) => params[`${prefixes[by]}${kind}`] ?? [];
  const valuesOf = (by: Way) => params[`${prefixes[by]}attr`] ?? [];
  const orNone = <T,>(list: T[]): T[] | null => (list.length > 0 ? list : null);

  if (step.at === 'kinds') {
    const enter = <IconChevronRight size={14} aria-hidden />;
    const item = (label: string, next: Step, count: number, left = 0) => (
      <NavLink
        key={label}
        component="button"
        type="button"
        label={label}
        {...(count + left > 0 && {
          description: [count > 0 && `${count} chosen`, left > 0 && `${left} left out`].filter(Boolean).join(', '),
        })}
        rightSection={enter}
        onClick={() => {
          setWay(count === 0 && left > 0 ? 'exclude' : 'include');
          setStep(next);
        }}
        px={6}
        py={5}
      />
    );
    return (
      <div role="group" aria-label="Filter by">
        {memberKinds
          .filter((kind) => kinds[kind].has(detail))
          .map((kind) =>
            item(kinds[kind].one, { at: 'member', kind }, idsOf(kind, 'include').length, idsOf(kind, 'exclude').length),
          )}
        {detail.has.promotions && item('Promotion', { at: 'promotion' }, params.promotion ? 1 : 0)}
        {detail.has.shoppers && item('Shoppers who bought', { at: 'shoppers' }, params.shoppers?.length ?? 0)}
        {attributes.map(({ of, name }) => {
          const [count, left] = ways.map(
            (by) => valuesOf(by).filter((one) => one.of === of && one.name === name).length,
          );
          return item(`${name} (${of})`, { at: 'attribute', name: `${of}:${name}` }, count ?? 0, left);
        })}
      </div>
    );
  }

  const attribute =
    step.at === 'attribute' ? attributes.find(({ of, name }) => `${of}:${name}` === step.name) : undefined;
  const back = () => setStep({ at: 'kinds' });
  if (step.at === 'shoppers') {
    return (
      <ShopperGroupForm
        workspace={workspace}
        dates={dates}
        onBack={back}
        onAdd={(group) => change({ shoppers: [...(params.shoppers ?? []), group] })}
      />
    );
  }
  const title = step.at === 'member' ? kinds[step.kind].one : step.at === 'promotion' ? 'Promotion' : attribute?.name;
  return (
    <div>
      <div className={classes.back}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Back" onClick={back}>
          <IconArrowLeft size={15} />
        </ActionIcon>
        {title}
      </div>
      {step.at !== 'promotion' && (
        <SegmentedControl
          fullWidth
          size="xs"
          mb={8}
          aria-label="Which to keep"
          value={way}
          onChange={setWay}
          data={[
            { value: 'include', label: 'Only these' },
            { value: 'exclude', label: 'All but these' },
          ]}
        />
      )}
      {step.at === 'member' && (
        <MemberList
          key={way}
          workspace={workspace}
          kind={step.kind}
          chosen={idsOf(step.kind, way)}
          onChange={(ids) =>
            change({
              [`${prefixes[way]}${step.kind}`]: orNone(ids),
              [`${prefixes[other[way]]}${step.kind}`]: orNone(
                idsOf(step.kind, other[way]).filter((id) => !ids.includes(id)),
              ),
            })
          }
        />
      )}
      {step.at === 'promotion' && (
        <Radio.Group
          aria-label="Promotion"
          value={params.promotion ?? 'any'}
          onChange={(value) => change({ promotion: value === 'promoted' || value === 'not_promoted' ? value : null })}
        >
          <Stack gap={6}>
            <Radio size="xs" value="any" label="Any" />
            <Radio size="xs" value="promoted" label="On promotion" />
            <Radio size="xs" value="not_promoted" label="Not on promotion" />
          </Stack>
        </Radio.Group>
      )}
      {attribute && (
        <ul className={classes.list}>
          {attribute.values.map((value) => {
            const chosen = valuesOf(way);
            const others = (list: typeof chosen) =>
              list.filter((one) => one.of !== attribute.of || one.name !== attribute.name || one.value !== value);
            const taken = others(chosen).length < chosen.length;
            const next = taken ? others(chosen) : [...chosen, { of: attribute.of, name: attribute.name, value }];
            return (
              <li key={value} className={classes.option}>
                <Checkbox
                  size="xs"
                  label={value}
                  checked={taken}
                  onChange={() =>
                    change({
                      [`${prefixes[way]}attr`]: orNone(next),
                      [`${prefixes[other[way]]}attr`]: orNone(others(valuesOf(other[way]))),
                    })
                  }
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
