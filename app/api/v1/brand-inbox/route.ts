import { readBrandInbox } from '@/lib/contract/corrections';
import { readBrandInbox as read } from '@/lib/corrections/inbox';
import { handle } from '@/lib/http/handle';

export const GET = handle(readBrandInbox, ({ workspace }) => read(workspace.id));
