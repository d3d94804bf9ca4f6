import { useMutation, useQueryClient } from '@tanstack/react-query';
import { noteSeen } from '@/lib/client/seen-version';

/** Saves settings that numbers rest on; nothing older is shown from then on. */
export function useChange(workspace: string, save: () => Promise<{ dataVersion: number }>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: ({ dataVersion }) => {
      noteSeen(workspace, dataVersion);
      return client.invalidateQueries();
    },
  });
}
