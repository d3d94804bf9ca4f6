import type { Metadata } from 'next';
import { ApiReference, type Operation } from '@/components/reference/ApiReference';
import { openApiDocument } from '@/lib/http/openapi';

export const metadata: Metadata = { title: 'API' };

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string; enum?: unknown[]; description?: string; format?: string };
}

const typeOf = ({ schema }: Parameter): string =>
  schema?.enum
    ? schema.enum.join(' | ')
    : [schema?.type, schema?.format && `(${schema.format})`].filter(Boolean).join(' ');

const schemaText = (content: unknown): string | null => {
  const [media] = Object.values((content ?? {}) as Record<string, { schema?: unknown }>);
  return media?.schema === undefined ? null : JSON.stringify(media.schema, null, 2);
};

function operations(): Operation[] {
  const { paths } = openApiDocument('/');
  return Object.entries(paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const { '200': answer, ...errors } = (operation.responses ?? {}) as Record<
        string,
        { content?: unknown; description?: string }
      >;
      return [
        {
          id: operation.operationId ?? `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          summary: operation.summary ?? '',
          description: operation.description ?? '',
          tag: operation.tags?.[0] ?? 'API',
          parameters: ((operation.parameters ?? []) as Parameter[]).map((parameter) => ({
            name: parameter.name,
            place: parameter.in,
            required: parameter.required ?? false,
            type: typeOf(parameter),
          })),
          body: schemaText((operation.requestBody as { content?: unknown } | undefined)?.content),
          response: schemaText(answer?.content),
          errors: Object.keys(errors),
        },
      ];
    }),
  );
}

export default function ApiPage() {
  return <ApiReference operations={operations()} />;
}
