'use client';

import { useEffect, useRef } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { noteSeen } from '@/lib/client/seen-version';
import {
  applyCorrections,
  draftCorrections,
  dropCorrection,
  listCorrections,
  readBrandInbox,
  undoCorrections,
  type NewCorrection,
} from '@/lib/contract/corrections';
import { useWorkspace } from '@/components/shell/workspace-context';

const pollMs = 1_000;

/** Corrections in one state, read again while any of them is on its way; then every number may be another. */
export function useCorrections(state: 'draft' | 'applied') {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const list = useQuery({
    ...optionsOf(listCorrections, { query: { workspace: slug, state, limit: 100 } }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isMoving) ? pollMs : false),
  });
  const moving = list.data?.items.some(isMoving) ?? false;
  const before = useRef(false);
  useEffect(() => {
    if (list.data) noteSeen(slug, list.data.dataVersion);
    if (before.current && !moving) void client.invalidateQueries();
    before.current = moving;
  }, [list.data, moving, client, slug]);
  return { ...list, moving };
}

const isMoving = ({ state }: { state: string }): boolean => state === 'applying' || state === 'undoing';

export function useBrandInbox() {
  const { slug } = useWorkspace();
  return useQuery(optionsOf(readBrandInbox, { query: { workspace: slug } }));
}

/** What can be done with corrections; the lists are then read anew. */
export function useCorrectionActions() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const query = { workspace: slug };
  const onSuccess = () =>
    Promise.all([listCorrections.id, readBrandInbox.id].map((id) => client.invalidateQueries({ queryKey: [id] })));
  return {
    draft: useMutation({
      mutationFn: (corrections: NewCorrection[]) => call(draftCorrections, { query, body: { corrections } }),
      onSuccess,
    }),
    drop: useMutation({ mutationFn: (id: number) => call(dropCorrection, { query, params: { id } }), onSuccess }),
    apply: useMutation({ mutationFn: () => call(applyCorrections, { query }), onSuccess }),
    undo: useMutation({ mutationFn: (ids: number[]) => call(undoCorrections, { query, body: { ids } }), onSuccess }),
  };
}
