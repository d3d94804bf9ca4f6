import { readLeaves } from '@/lib/contract/drill';
import { handle } from '@/lib/http/handle';
import { readLeaves as read } from '@/lib/query/read-leaves';

export const GET = handle(readLeaves, ({ query: { q }, workspace }) => read(workspace.id, q));
