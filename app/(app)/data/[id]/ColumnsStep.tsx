'use client';

import { useState } from 'react';
import { Alert, Button, Group, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { importKinds, type ImportDetail } from '@/lib/contract/imports';
import { kindNames } from '@/components/imports/states';
import { useImportActions } from '@/components/imports/use-imports';
import { Panel } from '@/components/ui/Panel';
import { Attributes } from './Attributes';
import type { DraftState } from './draft';
import { FieldTable } from './FieldTable';
import { Options } from './Options';
import { RecalledNote } from './RecalledNote';
import classes from './wizard.module.css';

interface Props {
  detail: ImportDetail;
  draft: DraftState;
  onBack: () => void;
  onChecking: () => void;
  /** The results of this mapping are there already. */
  onResults: (() => void) | null;
}

/** What a file of each kind is for. */
const purposes = {
  transactions: 'Sales: one row a product on a receipt, or added up by day or week.',
  products: 'Describes products: brand, manufacturer, category, pack size. Adds no sales.',
  stores: 'Describes stores: name, region, channel. Adds no sales.',
};

export function ColumnsStep({ detail, draft, onBack, onChecking, onResults }: Props) {
  const { check } = useImportActions(detail.id);
  const [tried, setTried] = useState(false);
  const faults = [...new Set(draft.faults.values())];
  const start = () => {
    setTried(true);
    if (faults.length > 0) return;
    check.mutate(
      { kind: draft.kind, mapping: draft.mapping },
      {
        onSuccess: () => {
          draft.drop();
          onChecking();
        },
      },
    );
  };
  return (
    <>
      <Panel title="The file holds" subtitle={purposes[draft.kind]}>
        <SegmentedControl
          aria-label="Kind of file"
          data={importKinds.map((value) => ({ value, label: kindNames[value] }))}
          value={draft.kind}
          onChange={(value) => {
            const kind = importKinds.find((known) => known === value);
            if (kind) draft.setKind(kind);
            setTried(false);
          }}
        />
      </Panel>
      {detail.recalled && detail.kind === draft.kind && <RecalledNote recalled={detail.recalled} />}
      <div className={classes.mapping}>
        <div className={classes.stack}>
          <FieldTable draft={draft} tried={tried} />
          <Attributes draft={draft} />
        </div>
        <Options draft={draft} />
      </div>
      {tried && faults.length > 0 && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />} title="Before the check">
          <ul className={classes.list}>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Alert>
      )}
      {check.error && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
          {check.error.message}
        </Alert>
      )}
      <Group justify="space-between">
        <Button variant="default" size="sm" leftSection={<IconArrowLeft size={15} />} onClick={onBack}>
          Back
        </Button>
        <Group gap="xs">
          {onResults && (
            <Button variant="default" size="sm" onClick={onResults}>
              Back to the results
            </Button>
          )}
          <Button size="sm" rightSection={<IconArrowRight size={15} />} loading={check.isPending} onClick={start}>
            {onResults ? 'Check again' : 'Check the file'}
          </Button>
        </Group>
      </Group>
    </>
  );
}
