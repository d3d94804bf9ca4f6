import { useQuery } from '@tanstack/react-query';
import { optionsOf } from '@/lib/client/options';
import { listFixes } from '@/lib/contract/fixes';
import { useWorkspace } from '@/components/shell/workspace-context';

/** What of the file was set right by hand; rows are not shown to those who may only look. */
export function useFixes(id: number) {
  const { slug: workspace, role } = useWorkspace();
  return useQuery({
    ...optionsOf(listFixes, { params: { id }, query: { workspace } }),
    enabled: role !== 'viewer',
  });
}
