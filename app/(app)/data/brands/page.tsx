import type { Metadata } from 'next';
import { keyOf } from '@/lib/client/options';
import { readBrandInbox } from '@/lib/contract/corrections';
import { readBrandInbox as read } from '@/lib/corrections/inbox';
import { Prefetched, type Search } from '../../prefetch';
import { BrandInboxPage } from './BrandInboxPage';

export const metadata: Metadata = { title: 'Brand inbox' };

export default function Page({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace }) => {
        client.setQueryData(keyOf(readBrandInbox, { query: { workspace: workspace.slug } }), await read(workspace.id));
      }}
    >
      <BrandInboxPage />
    </Prefetched>
  );
}
