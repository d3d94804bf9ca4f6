'use client';

import { useEffect, useMemo, useRef } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import type { z } from 'zod';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { noteSeen } from '@/lib/client/seen-version';
import { fixImport, listFixes, type fixes } from '@/lib/contract/fixes';
import {
  cancelImport,
  checkImport,
  discardImport,
  getImport,
  listImports,
  pauseImport,
  publishImport,
  rereadImport,
  resumeImport,
  revertImport,
  type ImportDetail,
  type ImportKind,
  type ImportSummary,
  type Mapping,
} from '@/lib/contract/imports';
import { listImportRows } from '@/lib/contract/import-rows';
import type { Reading } from '@/lib/contract/reading';
import { previewReplacement, replaceImport, restoreImport } from '@/lib/contract/replacing';
import { useWorkspace } from '@/components/shell/workspace-context';
import { importsInput } from './inputs';
import { isRunning } from './states';

const pollMs = 1_000;

/** Somebody else, a schedule or the command line may move an import that nobody here set going. */
const idleMs = 15_000;

const changesNumbers: readonly ImportSummary['state'][] = ['publishing', 'reverting'];

/** After a publish or a revert every number may be another: all that is shown is asked for again, at that version or newer. */
function useMoves(items: readonly ImportSummary[] | undefined): void {
  const client = useQueryClient();
  const { slug } = useWorkspace();
  const before = useRef(new Set<number>());
  useEffect(() => {
    if (!items) return;
    for (const { dataVersion } of items) noteSeen(slug, dataVersion);
    const done = items.filter(({ id, state }) => before.current.has(id) && !isRunning(state));
    before.current = new Set(items.filter(({ state }) => changesNumbers.includes(state)).map(({ id }) => id));
    if (done.length === 0) return;
    for (const { error, fileName } of done) {
      if (error) notifications.show({ color: 'red', title: fileName, message: error, autoClose: 12_000 });
    }
    void client.invalidateQueries();
  }, [items, client, slug]);
}

/** A page of the list of imports, read again while any of them is at work. */
export function useImports(cursor?: string) {
  const { slug } = useWorkspace();
  const list = useQuery({
    ...optionsOf(listImports, importsInput(slug, cursor)),
    staleTime: 2_000,
    refetchInterval: ({ state }) => (state.data?.items.some((item) => isRunning(item.state)) ? pollMs : idleMs),
    placeholderData: (before) => (before?.items.length ? before : undefined),
  });
  useMoves(list.data?.items);
  return list;
}

/** One import, read again while it is at work. */
export function useImport(id: number) {
  const { slug } = useWorkspace();
  const one = useQuery({
    ...optionsOf(getImport, { params: { id }, query: { workspace: slug } }),
    staleTime: 1_000,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.state) ? pollMs : idleMs),
  });
  useMoves(useMemo(() => one.data && [one.data], [one.data]));
  return one;
}

/** A page of the rows with a problem. */
export function useProblemRows(
  id: number,
  { problem, cursor, limit }: { problem: string | null; cursor: string | undefined; limit: number },
) {
  const { slug: workspace } = useWorkspace();
  const query = { workspace, limit, ...(problem !== null && { problem }), ...(cursor !== undefined && { cursor }) };
  return useQuery({ ...optionsOf(listImportRows, { params: { id }, query }), placeholderData: keepPreviousData });
}

/** What can be done with an import; each answers the import as it then is. */
export function useImportActions(id: number) {
  const client = useQueryClient();
  const { slug: workspace } = useWorkspace();
  const input = { params: { id }, query: { workspace } };
  const onSuccess = async (detail: ImportDetail) => {
    const { queryKey } = optionsOf(getImport, input);
    // What was asked before would come later, and show the import as it was.
    await client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, detail);
    void client.invalidateQueries({ queryKey: [listImports.id] });
  };
  /** Read with another mapping or other cells, other rows are rejected. */
  const onChecking = async (detail: ImportDetail) => {
    for (const { id: of } of [listImportRows, listFixes, previewReplacement]) client.removeQueries({ queryKey: [of] });
    await onSuccess(detail);
  };
  return {
    check: useMutation({
      mutationFn: (body: { kind: ImportKind; mapping: Mapping }) => call(checkImport, { ...input, body }),
      onSuccess: onChecking,
    }),
    /** Sets cells right, and checks again. */
    fix: useMutation({
      mutationFn: (body: z.input<typeof fixes>) => call(fixImport, { ...input, body }),
      onSuccess: onChecking,
    }),
    /** Another table may come of it: nothing that was seen of the file holds. */
    reread: useMutation({
      mutationFn: (body: Reading) => call(rereadImport, { ...input, body }),
      onSuccess: () => client.invalidateQueries(),
    }),
    publish: useMutation({ mutationFn: () => call(publishImport, input), onSuccess }),
    replace: useMutation({ mutationFn: () => call(replaceImport, input), onSuccess }),
    restore: useMutation({ mutationFn: () => call(restoreImport, input), onSuccess }),
    revert: useMutation({ mutationFn: () => call(revertImport, input), onSuccess }),
    pause: useMutation({ mutationFn: () => call(pauseImport, input), onSuccess }),
    resume: useMutation({ mutationFn: () => call(resumeImport, input), onSuccess }),
    cancel: useMutation({ mutationFn: () => call(cancelImport, input), onSuccess }),
    discard: useMutation({ mutationFn: () => call(discardImport, input), onSuccess }),
  };
}
