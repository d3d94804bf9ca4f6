import { describe, expect, it } from 'vitest';
import { errorCodes } from '@/lib/contract/errors';
import { registry } from '@/lib/contract/registry';
import { errorsOf, openApiDocument } from './openapi';

const document = openApiDocument('https://brandlens.example');
const text = JSON.stringify(document);

describe('the OpenAPI document', () => {
  it('lists every endpoint of the registry, and no other', () => {
    const listed = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(registry.map(({ method, path }) => `${method} /api${path}`).sort());
  });

  it.each(registry.map((endpoint) => [endpoint.id, endpoint] as const))('describes %s whole', (id, endpoint) => {
    const item = document.paths?.[`/api${endpoint.path}`] as Record<string, never> | undefined;
    const operation = item?.[endpoint.method.toLowerCase()] as unknown as {
      operationId: string;
      parameters?: { name: string; in: string; required?: boolean }[];
      requestBody?: unknown;
      responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
    };
    expect(operation.operationId).toBe(id);
    const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name)).toEqual(inPath);
    expect(declared.every(({ required }) => required)).toBe(true);
    expect(operation.requestBody !== undefined).toBe(endpoint.body !== undefined || endpoint.file !== undefined);
    expect(Object.keys(operation.responses['200']?.content ?? {})).toEqual([endpoint.produces ?? 'application/json']);
    for (const code of errorsOf(endpoint)) expect(operation.responses).toHaveProperty(String(errorCodes[code].status));
  });

  it('holds no reference that leads nowhere, and ids once', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    for (const path of references) {
      const found = path
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
      expect(found, path).toBeDefined();
    }
    const ids = registry.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(document.openapi).toBe('3.1.0');
  });
});
