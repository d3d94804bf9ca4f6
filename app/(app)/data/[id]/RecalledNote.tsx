import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import type { Recalled } from '@/lib/contract/recalled';
import { formatDate } from '@/lib/metrics/format-date';
import { fields } from './fields';
import classes from './wizard.module.css';

const labelOf = (name: string): string => Object.entries(fields).find(([field]) => field === name)?.[1].label ?? name;

/** What the mapping was taken from; of a header that is nearly the same, what is to be looked at before the check. */
export function RecalledNote({ recalled }: { recalled: Recalled & { sentence: string } }) {
  const { fileName, usedAt, near, sentence } = recalled;
  if (!near?.applied)
    return (
      <Alert variant="light" role="status" icon={<IconHistory size={18} />}>
        {sentence}
      </Alert>
    );
  const { added, missing } = near;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="status"
      icon={<IconAlertTriangle size={18} />}
      title={`Mapped as ${fileName} of ${formatDate(usedAt.slice(0, 10))}, but the columns differ`}
    >
      <ul className={classes.list}>
        {missing.map(({ column, field }) => (
          <li key={column}>
            <strong>{column}</strong> is missing: {field ? labelOf(field) : 'an attribute'} was read from it
          </li>
        ))}
        {added.length > 0 && (
          <li>
            <strong>{added.join(', ')}</strong> {added.length === 1 ? 'is' : 'are'} new: see whether a field should be
            read from {added.length === 1 ? 'it' : 'them'}
          </li>
        )}
      </ul>
    </Alert>
  );
}
