'use client';

import { useQuery } from '@tanstack/react-query';
import type { Answer } from '@/lib/client/call';
import { metricsOptions } from '@/lib/client/options';
import type { View } from '@/lib/client/view';
import type { getBrand } from '@/lib/contract/members';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { brandQueries, type BrandParams } from './queries';

/** What every part of the page is given. */
export interface Part {
  view: View;
  workspace: string;
  detail: WorkspaceDetail;
  id: number;
  /** Undefined while it is on its way. */
  brand: Answer<typeof getBrand> | undefined;
  params: BrandParams;
  change: (next: Partial<BrandParams>, history?: 'push' | 'replace') => void;
}

export const queriesOf = ({ view, detail, id, brand, params }: Part) =>
  brandQueries(view, detail, { id, categories: brand?.categories ?? [] }, params);

export const usePart = (part: Part, name: keyof ReturnType<typeof brandQueries>) =>
  useQuery(metricsOptions(part.workspace, queriesOf(part)[name]));

export const nameOf = ({ brand }: Part): string => brand?.name ?? 'The brand';
