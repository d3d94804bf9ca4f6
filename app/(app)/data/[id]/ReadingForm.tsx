'use client';

import { useState } from 'react';
import { Alert, Button, Group, NumberInput, Select } from '@mantine/core';
import { useImportActions } from '@/components/imports/use-imports';
import type { ImportDetail } from '@/lib/contract/imports';
import {
  encodings,
  quotes as quoteNames,
  reading as readingShape,
  type Detected,
  type Reading,
} from '@/lib/contract/reading';
import { SignSelect } from './SignSelect';
import { delimiters, endings } from './signs';
import classes from './wizard.module.css';

const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));

const { '': noQuotes, ...someQuotes } = quoteNames;
const quotes = { ...someQuotes, none: noQuotes };
const escapes = { '\\': 'Backslash', none: 'Doubled' };

/** In place of the name of a sheet: those hold no colons. */
const ALIKE = ':alike';

/** Reads the file otherwise, where what was understood is wrong. What is left empty is detected. */
export function ReadingForm({ detail, detected }: { detail: ImportDetail; detected: Detected }) {
  const [open, setOpen] = useState(false);
  const { source } = detected;
  const isText = !source || source.format === 'csv';
  // Which table is read stays as it is, while other things are changed.
  const [given, setGiven] = useState<Record<string, string | number>>(() => ({
    ...(source?.members && { member: source.member! }),
    ...(source?.sheets && (source.joined ? { sheets: 'alike' } : { sheet: source.sheet! })),
  }));
  const { mutate, isPending, error } = useImportActions(detail.id).reread;
  const set = (name: keyof Reading) => (value: string | number | null) =>
    setGiven(({ [name]: _, ...rest }) => (value === null || value === '' ? rest : { ...rest, [name]: value }));
  const chosen = (name: keyof Reading): string | null => (name in given ? String(given[name]) : null);
  // Of a table that is known as a whole there is nothing to choose.
  if (source?.named && !source.members && !source.sheets) return null;
  if (!open) {
    return (
      <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => setOpen(true)}>
        Not right? Read it otherwise
      </Button>
    );
  }
  const common = { placeholder: 'As detected', clearable: true } as const;
  return (
    <form
      className={classes.reading}
      aria-label="Reading"
      onSubmit={(event) => {
        event.preventDefault();
        const plain = Object.entries(given).map(([name, value]) => [name, value === 'none' ? '' : value]);
        mutate(readingShape.parse(Object.fromEntries(plain)));
      }}
    >
      {source?.members && (
        <Select
          label="File in the archive"
          data={source.members}
          value={chosen('member') ?? source.member ?? null}
          onChange={(member) => setGiven(member === null ? {} : { member })}
          searchable
          allowDeselect={false}
        />
      )}
      {source?.sheets && (
        <Select
          label={source.format === 'json' ? 'Array' : 'Sheet'}
          data={[
            { group: 'Several as one', items: [{ value: ALIKE, label: 'All with the same header' }] },
            { group: 'One of them', items: source.sheets },
          ]}
          className={classes.double ?? ''}
          maxDropdownHeight={320}
          value={('sheets' in given ? ALIKE : null) ?? chosen('sheet') ?? source.sheet ?? null}
          onChange={(sheet) =>
            setGiven(({ sheet: _, sheets: __, ...rest }) =>
              sheet === ALIKE ? { ...rest, sheets: 'alike' } : { ...rest, ...(sheet && { sheet }) },
            )
          }
          searchable
          allowDeselect={false}
        />
      )}
      {isText && (
        <>
          <SignSelect
            {...common}
            label="Delimiter"
            names={delimiters}
            detected={detected.delimiter}
            longest={5}
            value={chosen('delimiter')}
            onChange={set('delimiter')}
          />
          <Select {...common} label="Quotes" data={options(quotes)} value={chosen('quote')} onChange={set('quote')} />
          <Select
            {...common}
            label="Quotes inside of values"
            data={options(escapes)}
            value={chosen('escape')}
            onChange={set('escape')}
          />
          <SignSelect
            {...common}
            label="Rows end with"
            names={endings}
            detected={detected.ending}
            longest={10}
            value={chosen('ending')}
            onChange={set('ending')}
          />
          <Select
            {...common}
            label="Encoding"
            data={options(encodings)}
            searchable
            value={chosen('encoding')}
            onChange={set('encoding')}
          />
        </>
      )}
      {!source?.named && (
        <>
          <NumberInput
            label="Table begins in row"
            placeholder="As detected"
            min={1}
            max={1000}
            allowDecimal={false}
            value={given['firstRow'] ?? ''}
            onChange={set('firstRow')}
          />
          <NumberInput
            label="Header rows"
            placeholder="As detected"
            min={0}
            max={3}
            allowDecimal={false}
            value={given['headerRows'] ?? ''}
            onChange={set('headerRows')}
          />
          <NumberInput
            label="Table ends in row"
            placeholder="As detected"
            min={1}
            allowDecimal={false}
            value={given['lastRow'] ?? ''}
            onChange={set('lastRow')}
          />
        </>
      )}
      {error && (
        <Alert color="red" variant="light" role="alert" p="xs" className={classes.wide ?? ''}>
          {error.message}
        </Alert>
      )}
      <Group gap="xs" className={classes.wide ?? ''}>
        <Button type="submit" size="sm" loading={isPending}>
          Read again
        </Button>
      </Group>
    </form>
  );
}
