import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { keyOf } from '@/lib/client/options';
import { memberId } from '@/lib/contract/endpoint';
import { getImport } from '@/lib/contract/imports';
import { readImport } from '@/lib/ingest/read';
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
        client.setQueryData(keyOf(getImport, input), await readImport(workspace.id, id));
      }}
    >
      <Import id={id} />
    </Prefetched>
  );
}
