import { readQuality } from '@/lib/contract/quality';
import { handle } from '@/lib/http/handle';
import { readQuality as read } from '@/lib/ingest/feeds';

export const GET = handle(readQuality, ({ workspace }) => read(workspace.id));
