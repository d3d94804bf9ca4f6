'use client';

import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { NumberInput } from '@mantine/core';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { listRegions } from '@/lib/contract/members';
import { updateBases, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { SaveOrUndo } from './SaveOrUndo';
import { useChange } from './use-change';
import classes from './settings.module.css';

type Changes = Record<number, number | null>;

/** Households of each region, for penetration of what is filtered or broken down by region. */
export function RegionUniversesForm({ detail: { slug, role } }: { detail: WorkspaceDetail }) {
  const { data } = useQuery(optionsOf(listRegions, { query: { workspace: slug, limit: 100 } }));
  const [changes, setChanges] = useState<Changes>({});
  const admin = role === 'admin';
  const { mutate, isPending, error } = useChange(slug, async () => {
    const regionUniverses = Object.entries(changes).map(([region, universe]) => ({ region: Number(region), universe }));
    const saved = await call(updateBases, { query: { workspace: slug }, body: { regionUniverses } });
    setChanges({});
    return saved;
  });
  if (!data || data.items.length === 0) return null;
  const more =
    data.total > data.items.length ? ` The first ${data.items.length} of ${data.total}; set the rest by the API.` : '';
  return (
    <Panel
      title="Universe by region"
      subtitle={`For a slice in regions: the sum of theirs; broken down by region, each its own.${more}`}
    >
      <form
        className={`${classes.form} ${classes.regions}`}
        aria-label="Universe by region"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        {data.items.map(({ id, name, universe }) => (
          <NumberInput
            key={id}
            label={name}
            placeholder="Not known"
            disabled={!admin}
            thousandSeparator=","
            allowDecimal={false}
            allowNegative={false}
            min={1}
            max={2_000_000_000}
            value={(id in changes ? changes[id] : universe) ?? ''}
            onChange={(value) => {
              const next = value === '' ? null : Number(value);
              const { [id]: _, ...rest } = changes;
              setChanges(next === universe ? rest : { ...rest, [id]: next });
            }}
          />
        ))}
        <div className={classes.all}>
          <SaveOrUndo
            admin={admin}
            changed={Object.keys(changes).length > 0}
            pending={isPending}
            error={error}
            undo={() => setChanges({})}
          />
        </div>
      </form>
    </Panel>
  );
}
