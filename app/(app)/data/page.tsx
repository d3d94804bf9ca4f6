import type { Metadata } from 'next';
import { importsInput, restatementsInput } from '@/components/imports/inputs';
import { seesRows } from '@/lib/access/permit';
import { answerWorkspace } from '@/lib/cache/workspace';
import { keyOf, workspaceOptions } from '@/lib/client/options';
import { listImports } from '@/lib/contract/imports';
import { readQuality } from '@/lib/contract/quality';
import { listRestatements } from '@/lib/contract/replacing';
import { listTemplates } from '@/lib/contract/templates';
import { readQuality as quality } from '@/lib/ingest/feeds';
import { listRestatements as restatements } from '@/lib/ingest/list-restatements';
import { listImports as list } from '@/lib/ingest/read';
import { showTemplates } from '@/lib/mapping/templates';
import { Prefetched, type Search } from '../prefetch';
import { Data } from './Data';

export const metadata: Metadata = { title: 'Data' };

export default function DataPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace, detail }) => {
        const input = importsInput(workspace.slug);
        const query = { workspace: workspace.slug };
        const changes = restatementsInput(workspace.slug);
        const [imports, changed, sound, remembered] = await Promise.all([
          list(workspace.id, input.query),
          restatements(workspace.id, changes.query),
          quality(workspace.id),
          showTemplates(workspace.id, seesRows(workspace.role, null)),
        ]);
        client.setQueryData(keyOf(listImports, input), imports);
        client.setQueryData(keyOf(listRestatements, changes), changed);
        client.setQueryData(keyOf(readQuality, { query }), sound);
        client.setQueryData(keyOf(listTemplates, { query }), { items: remembered });
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
