'use client';

import { Fragment, useState } from 'react';
import { Modal, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { ApiFailure } from '@/lib/client/failure';
import { connectorLimits, type ConnectorLimits } from '@/lib/contract/connector-limits';
import { changeConnector, createConnector, type Connector, type NewConnector } from '@/lib/contract/connectors';
import { DialogForm } from '@/components/ui/DialogForm';
import { bodyOf, draftOf, startOf, type Draft } from './draft';
import { kindNames, kinds, limitLabels, schedules, scheduleText, type Field, type Kind } from './kinds';
import classes from './Connectors.module.css';

interface Props {
  workspace: string;
  /** Null: a new one. */
  connector: Connector | null;
  onSaved: () => unknown;
  onClose: () => void;
}

/** Adds a connector, or changes one. */
export function ConnectorForm({ workspace, connector, onSaved, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(connector));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const body = bodyOf(draft, connector) as unknown as NewConnector;
      const query = { workspace };
      return connector
        ? call(changeConnector, { params: { id: connector.id }, query, body })
        : call(createConnector, { query, body });
    },
    onSuccess: () => {
      onClose();
      return onSaved();
    },
  });
  const kind = kinds[draft.kind];
  const faults = faultsOf(error);
  const setValue = (name: string, value: string | number | boolean) =>
    set({ values: { ...draft.values, [name]: value } });
  const known = schedules.some(({ value }) => value === draft.schedule);
  return (
    <Modal opened onClose={onClose} title={connector ? `Connector “${connector.name}”` : 'New connector'} size="lg">
      <DialogForm
        action={connector ? 'Save' : 'Add connector'}
        lacking={draft.name.trim() === ''}
        isPending={isPending}
        error={error && sentencesOf(error, faults, kind).map((sentence) => <div key={sentence}>{sentence}</div>)}
        onSubmit={() => mutate()}
        onCancel={onClose}
      >
        <TextInput
          label="Name"
          required
          maxLength={100}
          error={faults.get('name')}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus
        />
        <Select
          label="Reads from"
          description={kind.reads}
          data={kindNames.map((value) => ({ value, label: kinds[value].label }))}
          value={draft.kind}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = kindNames.find((name) => name === value) ?? draft.kind;
            set({ kind: chosen, values: startOf(chosen), secrets: {} });
          }}
        />
        {kind.fields.map((field) => (
          <Fragment key={field.name}>
            <Input
              field={field}
              value={draft.values[field.name]}
              fault={faults.get(`source.${field.name}`)}
              onChange={setValue}
            />
            {kind.secrets
              .filter(({ after }) => after === field.name)
              .map(({ name, label, description }) => (
                <PasswordInput
                  key={name}
                  label={label}
                  description={description}
                  placeholder={connector?.secrets.includes(name) ? 'Kept as it is' : ''}
                  autoComplete="off"
                  error={faults.get(`secrets.${name}`)}
                  value={draft.secrets[name] ?? ''}
                  onChange={(event) => set({ secrets: { ...draft.secrets, [name]: event.currentTarget.value } })}
                />
              ))}
          </Fragment>
        ))}
        <Select
          label="Runs"
          data={[
            ...schedules,
            ...(known ? [] : [{ value: draft.schedule, label: scheduleText(Number(draft.schedule)) }]),
          ]}
          value={draft.schedule}
          allowDeselect={false}
          onChange={(value) => set({ schedule: value ?? '' })}
        />
        <Switch
          label="Publish by itself"
          description="What was checked without a rejected row; anything else waits on the page Data"
          checked={draft.publish}
          onChange={(event) => set({ publish: event.currentTarget.checked })}
        />
        <Limits limits={draft.limits} faults={faults} onChange={(limits) => set({ limits })} />
      </DialogForm>
    </Modal>
  );
}

type Faults = ReadonlyMap<string, string>;

/** What is wrong, by the field that it is about. */
const faultsOf = (error: Error | null): Faults =>
  new Map(error instanceof ApiFailure ? error.details.map(({ field, message }) => [field, message]) : []);

/** The same in sentences, under the names that the form has for its fields: in a long form, the field may be out of sight. */
function sentencesOf(error: Error, faults: Faults, { fields, secrets }: Kind): string[] {
  if (faults.size === 0) return [error.message];
  const labels = new Map<string, string>([
    ['name', 'Name'],
    ...fields.map(({ name, label }) => [`source.${name}`, label] as const),
    ...secrets.map(({ name, label }) => [`secrets.${name}`, label] as const),
    ...names.map((name) => [`limits.${name}`, limitLabels[name]] as const),
  ]);
  return [...faults].map(([field, message]) => `${labels.get(field) ?? field} ${message}`);
}

interface InputProps {
  field: Field;
  value: string | number | boolean | undefined;
  fault: string | undefined;
  onChange: (name: string, value: string | number | boolean) => void;
}

function Input({ field, value, fault, onChange }: InputProps) {
  const { name, type, label, description, placeholder, required } = field;
  const shared = { label, description, error: fault, ...(required && { required }) };
  if (type === 'flag')
    return (
      <Switch {...shared} checked={value === true} onChange={(event) => onChange(name, event.currentTarget.checked)} />
    );
  if (type === 'number')
    return (
      <NumberInput
        {...shared}
        min={0}
        allowDecimal={false}
        value={Number(value)}
        onChange={(next) => onChange(name, Number(next))}
      />
    );
  const text = String(value ?? '');
  if (type === 'text')
    return (
      <TextInput
        {...shared}
        placeholder={placeholder}
        value={text}
        onChange={(event) => onChange(name, event.currentTarget.value)}
      />
    );
  return (
    <Select
      {...shared}
      data={[...type]}
      value={text}
      allowDeselect={false}
      onChange={(next) => onChange(name, next ?? '')}
    />
  );
}

const names = Object.keys(limitLabels) as (keyof ConnectorLimits)[];
const usual = connectorLimits.parse({});

interface LimitsProps {
  limits: ConnectorLimits;
  faults: Faults;
  onChange: (limits: ConnectorLimits) => void;
}

function Limits({ limits, faults, onChange }: LimitsProps) {
  const changed = names.filter((name) => limits[name] !== usual[name]).length;
  return (
    <details className={classes.limits}>
      <summary>Limits {changed > 0 && <span className={classes.quiet}>({changed} changed)</span>}</summary>
      <div className={classes.grid}>
        {names.map((name) => (
          <NumberInput
            key={name}
            size="xs"
            label={limitLabels[name]}
            min={0}
            allowDecimal={false}
            thousandSeparator=","
            value={limits[name]}
            error={faults.get(`limits.${name}`)}
            onChange={(value) => onChange({ ...limits, [name]: Number(value) })}
          />
        ))}
      </div>
    </details>
  );
}
