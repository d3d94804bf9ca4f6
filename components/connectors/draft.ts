import { connectorLimits, type ConnectorLimits } from '@/lib/contract/connector-limits';
import type { ConnectorKind } from '@/lib/contract/connector-sources';
import type { Connector } from '@/lib/contract/connectors';
import { kinds } from './kinds';

type Value = string | number | boolean;

/** A connector as the form holds it. */
export interface Draft {
  name: string;
  kind: ConnectorKind;
  /** Of the source, by the field's name. */
  values: Record<string, Value>;
  /** Empty: as it was. */
  secrets: Record<string, string>;
  schedule: string;
  publish: boolean;
  limits: ConnectorLimits;
}

export const startOf = (kind: ConnectorKind): Draft['values'] =>
  Object.fromEntries(kinds[kind].fields.map(({ name, start }) => [name, start]));

export function draftOf(connector: Connector | null): Draft {
  if (!connector) {
    const limits = connectorLimits.parse({});
    return { name: '', kind: 'http', values: startOf('http'), secrets: {}, schedule: '', publish: false, limits };
  }
  const { name, source, scheduleSeconds, publish, limits } = connector;
  const given = source as Record<string, unknown>;
  const values = Object.fromEntries(
    kinds[source.kind].fields.map((field) => [field.name, (given[field.name] as Value | undefined) ?? field.start]),
  );
  const schedule = scheduleSeconds === null ? '' : String(scheduleSeconds);
  return { name, kind: source.kind, values, secrets: {}, schedule, publish, limits };
}

/** What is sent; a mapping that the form does not show stays. */
export function bodyOf(draft: Draft, before: Connector | null): Record<string, unknown> {
  const kept =
    before?.source.kind === draft.kind && 'mapping' in before.source ? { mapping: before.source.mapping } : {};
  const filled = Object.entries(draft.values).filter(([, value]) => value !== '');
  const secrets = Object.fromEntries(Object.entries(draft.secrets).filter(([, value]) => value !== ''));
  const asBefore = before?.source.kind === draft.kind && Object.keys(secrets).length === 0;
  return {
    name: draft.name,
    source: { kind: draft.kind, ...kept, ...Object.fromEntries(filled) },
    ...(!asBefore && { secrets }),
    scheduleSeconds: draft.schedule === '' ? null : Number(draft.schedule),
    publish: draft.publish,
    limits: draft.limits,
  };
}
