import { downloadRejects } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamRejects } from '@/lib/ingest/read';

export const GET = handle(downloadRejects, ({ params, workspace }) =>
  streamed(streamRejects(workspace.id, params.id), 'text/csv; charset=utf-8', `rejects-${params.id}.csv`),
);
