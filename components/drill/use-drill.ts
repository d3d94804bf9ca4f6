'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { useWorkspace } from '@/components/shell/workspace-context';
import { useCursors } from '@/components/ui/CursorPager';
import { addressOf, type Answer } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { datesOf } from '@/lib/client/drill';
import type { listAnalysisShoppers } from '@/lib/contract/analysis-shoppers';
import type { listBaskets, listShoppers } from '@/lib/contract/counted';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { listLines } from '@/lib/contract/lines';

const size = 50;

type List = typeof listLines | typeof listAnalysisShoppers | typeof listShoppers | typeof listBaskets;

/** A list of what a number is made of, and where in it the page stands. */
export function useDrill<L extends List>(list: L, file: Endpoint) {
  const [q] = useQueryState('q', parseAsString.withDefault(''));
  const [of] = useQueryState('of', parseAsString);
  const { slug } = useWorkspace();
  const walk = useCursors();
  const asked = datesOf(q);
  const query = { workspace: slug, q, limit: size, ...(walk.cursor && { cursor: walk.cursor }) };
  const { data, error, refetch } = useQuery({
    ...optionsOf(list as Endpoint, { query: query as never }),
    enabled: asked !== null,
  });
  const known = data as Answer<L> | undefined;
  return {
    data: known,
    file: addressOf(file, { query: { workspace: slug, q } as never }),
    drilled: {
      asked,
      range: known ? known.range : asked,
      of,
      error,
      again: () => void refetch(),
      walk,
      next: known?.nextCursor ?? null,
    },
  };
}

export type Drilled = ReturnType<typeof useDrill>['drilled'];
