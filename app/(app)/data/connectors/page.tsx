import type { Metadata } from 'next';
import { keyOf } from '@/lib/client/options';
import { listConnectors as list } from '@/lib/connectors/list';
import { listConnectors } from '@/lib/contract/connectors';
import { Prefetched, type Search } from '../../prefetch';
import { ConnectorsPage } from './ConnectorsPage';

export const metadata: Metadata = { title: 'Connectors' };

export default function Page({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace: { id, slug, role } }) => {
        if (role !== 'admin') return;
        client.setQueryData(keyOf(listConnectors, { query: { workspace: slug } }), { items: await list(id) });
      }}
    >
      <ConnectorsPage />
    </Prefetched>
  );
}
