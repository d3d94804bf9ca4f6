import type { Metadata } from 'next';
import { importsInput } from '@/components/imports/inputs';
import { answerWorkspace } from '@/lib/cache/workspace';
import { keyOf, workspaceOptions } from '@/lib/client/options';
import { listImports } from '@/lib/contract/imports';
import { listImports as list } from '@/lib/ingest/read';
import { Prefetched, type Search } from '../prefetch';
import { Data } from './Data';

export const metadata: Metadata = { title: 'Data' };

export default function DataPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace, detail }) => {
        const input = importsInput(workspace.slug);
        const imports = await list(workspace.id, input.query);
        client.setQueryData(keyOf(listImports, input), imports);
        // What the data holds stands beside the imports that made it: it must not be older than they are.
        const version = imports.items[0]?.dataVersion ?? 0;
        if (version <= detail.meta.dataVersion) return;
        const { data } = await answerWorkspace(workspace, version);
        client.setQueryData(workspaceOptions(workspace.slug).queryKey, data);
      }}
    >
      <Data />
    </Prefetched>
  );
}
