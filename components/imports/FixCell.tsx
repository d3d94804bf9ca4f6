'use client';

import { useState } from 'react';
import { Alert, Checkbox, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCircleCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { tryRow } from '@/lib/contract/fixes';
import { useWorkspace } from '@/components/shell/workspace-context';
import { DialogForm } from '@/components/ui/DialogForm';
import type { CellOf, How } from './pending-fixes';
import classes from './problems.module.css';

/** A cell that is being set right. */
export interface Edited extends CellOf {
  /** Its place among the cells. */
  at: number;
  value: string;
  /** As it was said before, where it waits to be checked. */
  how: How;
  /** The row as it would be read, what waits included. */
  cells: string[];
}

interface Props {
  id: number;
  edited: Edited | null;
  onSet: (to: string, how: How) => void;
  onClose: () => void;
}

/** Says what a cell should say; while one types, whether the row would be taken so. */
export function FixCell({ edited, onClose, ...rest }: Props) {
  const title = edited && `${edited.column}, row ${edited.row.toLocaleString('en-US')}`;
  return (
    <Modal opened={edited !== null} onClose={onClose} title={title} size="sm">
      {edited && <Form key={`${edited.row} ${edited.at}`} edited={edited} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function Form({ id, edited, onSet, onClose }: Props & { edited: Edited }) {
  const { column, file } = edited;
  const [value, setValue] = useState(edited.value);
  const [how, setHow] = useState(edited.how);
  const [tried] = useDebouncedValue(value, 200);
  const { data, error } = useTrial(id, edited.row, edited.cells.with(edited.at, tried));
  const own = data?.faults.filter((fault) => fault.column === column) ?? [];
  const others = data?.faults.filter((fault) => fault.column !== column) ?? [];
  return (
    <DialogForm
      action="Set"
      lacking={false}
      isPending={false}
      error={error?.message}
      onSubmit={() => {
        onSet(value, how);
        onClose();
      }}
      onCancel={onClose}
    >
      <TextInput
        label="It should say"
        description={file.trim() === '' ? 'It is empty in the file' : `“${file}” in the file`}
        value={value}
        maxLength={1_000}
        data-autofocus
        error={own.map(({ reason }) => reason).join('. ') || undefined}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
      />
      {data?.faults.length === 0 && (
        <p className={classes.good} role="status">
          <IconCircleCheck size={15} aria-hidden /> The row can be taken so
        </p>
      )}
      {others.length > 0 && (
        <Alert color="yellow" variant="light" p="xs" role="status">
          {own.length === 0 && 'Right. Still wrong in this row: '}
          {own.length > 0 && 'Also wrong in this row: '}
          {others.map((fault) => (fault.column ? `${fault.column}: ${fault.reason}` : fault.reason)).join('. ')}
        </Alert>
      )}
      <Checkbox
        label={
          file.trim() === ''
            ? `In every row in which ${column} is empty`
            : `In every row in which ${column} is “${file.trim()}”`
        }
        checked={how.everywhere}
        onChange={({ currentTarget: { checked } }) => setHow({ everywhere: checked, next: how.next && checked })}
      />
      {how.everywhere && (
        <Checkbox
          label="Also in the next files with this header"
          description="Once this file is published, until it is removed under Data, Remembered mappings"
          checked={how.next}
          onChange={({ currentTarget: { checked } }) => setHow({ ...how, next: checked })}
        />
      )}
    </DialogForm>
  );
}

/** What a row with these cells would be rejected for. */
function useTrial(id: number, row: number, cells: string[]) {
  const { slug: workspace } = useWorkspace();
  return useQuery({
    queryKey: [tryRow.id, workspace, id, row, cells],
    queryFn: ({ signal }) => call(tryRow, { params: { id }, query: { workspace }, body: { row, cells }, signal }),
    placeholderData: keepPreviousData,
  });
}
