'use client';

import { useState } from 'react';
import { ActionIcon, Checkbox, NavLink, Radio, Stack } from '@mantine/core';
import { IconArrowLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { listAttributes } from '@/lib/contract/members';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { optionsOf } from '@/lib/client/options';
import type { ViewParams } from '@/lib/client/view-params';
import { MemberList } from './MemberList';
import { kinds, memberKinds, type MemberKind } from './slice-kinds';
import classes from './Filters.module.css';

type Step =
  { at: 'kinds' } | { at: 'member'; kind: MemberKind } | { at: 'promotion' } | { at: 'attribute'; name: string };

interface Props {
  workspace: string;
  detail: WorkspaceDetail;
  params: ViewParams;
  change: (next: Partial<ViewParams>) => void;
}

/** Adds to the slice: first what kind of filter, then which members. Only what the data has is offered. */
export function SliceChooser({ workspace, detail, params, change }: Props) {
  const [step, setStep] = useState<Step>({ at: 'kinds' });
  const { data } = useQuery(optionsOf(listAttributes, { query: { workspace } }));
  const attributes = data?.items ?? [];
  const chosen = params.attr ?? [];

  if (step.at === 'kinds') {
    const enter = <IconChevronRight size={14} aria-hidden />;
    const item = (label: string, next: Step, count: number) => (
      <NavLink
        key={label}
        component="button"
        type="button"
        label={label}
        {...(count > 0 && { description: `${count} chosen` })}
        rightSection={enter}
        onClick={() => setStep(next)}
        px={6}
        py={5}
      />
    );
    return (
      <div role="group" aria-label="Filter by">
        {memberKinds
          .filter((kind) => kinds[kind].has(detail))
          .map((kind) => item(kinds[kind].one, { at: 'member', kind }, params[kind]?.length ?? 0))}
        {detail.has.promotions && item('Promotion', { at: 'promotion' }, params.promotion ? 1 : 0)}
        {attributes.map(({ of, name }) => {
          const count = chosen.filter((one) => one.of === of && one.name === name).length;
          return item(`${name} (${of})`, { at: 'attribute', name: `${of}:${name}` }, count);
        })}
      </div>
    );
  }

  const attribute =
    step.at === 'attribute' ? attributes.find(({ of, name }) => `${of}:${name}` === step.name) : undefined;
  const title = step.at === 'member' ? kinds[step.kind].one : step.at === 'promotion' ? 'Promotion' : attribute?.name;
  return (
    <div>
      <div className={classes.back}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Back" onClick={() => setStep({ at: 'kinds' })}>
          <IconArrowLeft size={15} />
        </ActionIcon>
        {title}
      </div>
      {step.at === 'member' && (
        <MemberList
          workspace={workspace}
          kind={step.kind}
          chosen={params[step.kind] ?? []}
          onChange={(ids) => change({ [step.kind]: ids.length > 0 ? ids : null })}
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
            const same = (one: (typeof chosen)[number]) =>
              one.of === attribute.of && one.name === attribute.name && one.value === value;
            const taken = chosen.some(same);
            const next = taken
              ? chosen.filter((one) => !same(one))
              : [...chosen, { of: attribute.of, name: attribute.name, value }];
            return (
              <li key={value} className={classes.option}>
                <Checkbox
                  size="xs"
                  label={value}
                  checked={taken}
                  onChange={() => change({ attr: next.length > 0 ? next : null })}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
