import { convertExport } from '@/lib/connectors/shopify/export';
import { listImports, uploadImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { uploadOf } from '@/lib/http/upload';
import { listImports as list, readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { requestRead } from '@/lib/jobs/request';

export { OPTIONS } from '@/lib/http/handle';

export const GET = handle(listImports, ({ query, workspace }) => list(workspace.id, query));

export const POST = handle(uploadImport, async ({ query: { fileName, kind }, workspace, user, request }) => {
  const from = { workspaceId: workspace.id, userId: user.id, fileName, ...(kind && { kind }) };
  const convert = kind === undefined || kind === 'products' ? { convert: convertExport } : {};
  const later = requestRead({ workspaceId: workspace.id, userId: user.id, ...(kind && { kind }) });
  return readImport(workspace.id, await receiveFile({ ...from, ...convert, later, body: uploadOf(request) }));
});
