import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { seesRows } from '@/lib/access/permit';
import { keyOf } from '@/lib/client/options';
import { memberId } from '@/lib/contract/endpoint';
import { getImport } from '@/lib/contract/imports';
import { showImport } from '@/lib/ingest/read';
import { Prefetched, type Search } from '../../prefetch';
import { Import } from './Import';

export const metadata: Metadata = { title: 'Import' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Search;
}

export default async function ImportPage({ params, searchParams }: Props) {
  const { data: id } = memberId.safeParse((await params).id);
  if (id === undefined) notFound();
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace }) => {
        const input = { params: { id }, query: { workspace: workspace.slug } };
        const shown = await showImport(workspace.id, id, seesRows(workspace.role, null));
        client.setQueryData(keyOf(getImport, input), shown);
      }}
    >
      <Import id={id} />
    </Prefetched>
  );
}
