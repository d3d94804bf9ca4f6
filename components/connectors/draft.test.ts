import { describe, expect, it } from 'vitest';
import { newConnector, type Connector } from '@/lib/contract/connectors';
import { secretsOf } from '@/lib/contract/connector-sources';
import { bodyOf, draftOf, startOf } from './draft';
import { kindNames, kinds } from './kinds';

const filled: Record<string, string> = {
  url: 'https://store.example/a.csv',
  endpoint: 'https://s3.example',
  path: '/srv/in',
  bucket: 'tills',
};

const connectorOf = (body: Record<string, unknown>): Connector => ({
  ...newConnector.parse(body),
  secrets: [],
  ...{ id: 1, state: 'idle', nextRunAt: null, createdAt: '', lastRun: null },
});

describe.each(kindNames)('the form of %s', (kind) => {
  const draft = {
    ...draftOf(null),
    kind,
    name: 'Ours',
    values: Object.fromEntries(Object.entries(startOf(kind)).map(([name, value]) => [name, filled[name] ?? value])),
  };

  it('sends what the API takes, and shows what it sent', () => {
    const saved = connectorOf(bodyOf(draft, null));
    expect(draftOf(saved)).toEqual(draft);
  });

  it('asks for the secrets that the kind takes', () => {
    expect(kinds[kind].secrets.map(({ name }) => name)).toEqual(secretsOf[kind]);
  });

  it('begins with what the API takes where nothing is said', () => {
    const required = Object.entries(draft.values).filter(([name]) => filled[name]);
    const bare = newConnector.parse({ name: 'Ours', source: { kind, ...Object.fromEntries(required) } });
    expect(newConnector.parse(bodyOf(draft, null)).source).toEqual(bare.source);
  });
});

it('keeps the mapping, and the secrets unless others are typed', () => {
  const mapping = { columns: { date: 'Day' } };
  const before = connectorOf({ name: 'Ours', source: { kind: 'http', url: 'https://a.example/', mapping } });
  const body = bodyOf(draftOf(before), before);
  expect(body).not.toHaveProperty('secrets');
  expect(body['source']).toMatchObject({ mapping });
  const typed = bodyOf({ ...draftOf(before), secrets: { authorization: 'Bearer x' } }, before);
  expect(typed['secrets']).toEqual({ authorization: 'Bearer x' });
});
