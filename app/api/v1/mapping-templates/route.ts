import { listTemplates } from '@/lib/contract/templates';
import { handle } from '@/lib/http/handle';
import { listTemplates as list } from '@/lib/mapping/templates';

export const GET = handle(listTemplates, async ({ workspace }) => ({ items: await list(workspace.id) }));
