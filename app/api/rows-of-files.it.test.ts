import { beforeAll, expect, it } from 'vitest';
import { createKey } from '@/lib/access/create-key';
import { listImportRows } from '@/lib/contract/import-rows';
import { downloadRejects, getImport, listRejects } from '@/lib/contract/imports';
import { listTemplates } from '@/lib/contract/templates';
import { loadPool } from '@/lib/db/pool';
import { dryRun } from '@/lib/ingest/received.fixture';
import { ask, makePerson, makeWorkspace, type Asking } from '@/tests/http';

// Who bought what is told to analysts alone: the rows of a file tell it, too.

const shoppers = /card-0(17|18)/;
const callers: Record<string, Asking> = {};
let slug = '';
let id = '';

beforeAll(async () => {
  const [viewer, analyst] = await Promise.all([makePerson(), makePerson()]);
  const here = await makeWorkspace([
    [viewer, 'viewer'],
    [analyst, 'analyst'],
  ]);
  slug = here.slug;
  const loaded = await dryRun(
    'date,shopper,product,units,amount\n2024-01-05,card-017,P1,1,2.50\n2024-01-05,card-018,P1,1,none\n',
    {},
    { workspaceId: here.id },
  );
  expect(loaded.rejects).toHaveLength(1);
  id = String(loaded.id);
  const fixes = [{ column: 'shopper', from: 'card-017', to: '17', by: null, at: '2024-01-05T00:00:00.000Z' }];
  await loadPool.query(
    `INSERT INTO mapping_template (workspace_id, signature, name, kind, columns, mapping, fixes, file_name)
     SELECT workspace_id, 'x', 'Till', kind, '{shopper,amount}', mapping, $3, file_name FROM import WHERE workspace_id = $1 AND id = $2`,
    [here.id, loaded.id, JSON.stringify(fixes)],
  );
  await loadPool.query(
    `UPDATE import SET report = report || '{"fixed": [{"column": "shopper", "from": "card-017", "cells": 1}]}'
     WHERE workspace_id = $1 AND id = $2`,
    [here.id, loaded.id],
  );
  const key = async (scope: 'read' | 'import') =>
    (await createKey({ workspaceId: here.id, userId: null, name: scope, scope, expiresInDays: 1 })).key;
  callers['viewer'] = { cookie: viewer.cookie };
  callers['analyst'] = { cookie: analyst.cookie };
  callers['read key'] = { key: await key('read') };
  callers['import key'] = { key: await key('import') };
});

it.each([
  ['viewer', false],
  ['read key', false],
  ['analyst', true],
  ['import key', true],
] as const)('the rows of a file are shown to: %s: %s', async (caller, shown) => {
  for (const endpoint of [getImport, listRejects, listImportRows, downloadRejects, listTemplates]) {
    const params = endpoint === listTemplates ? {} : { id };
    const answer = await ask(endpoint, { ...callers[caller], params, query: { workspace: slug } });
    expect(answer.status, endpoint.id).toBe(200);
    const text = await answer.text();
    expect(shoppers.test(text), endpoint.id).toBe(shown);
    // What is wrong with the file is told to all.
    expect(text, endpoint.id).toContain('amount');
  }
});
