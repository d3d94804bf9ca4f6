import { previewReplacement } from '@/lib/contract/replacing';
import { handle } from '@/lib/http/handle';
import { previewReplacement as preview } from '@/lib/ingest/preview-replacement';

export const GET = handle(previewReplacement, ({ params, workspace }) => preview(workspace.id, params.id));
