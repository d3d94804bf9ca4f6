import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { createLoader } from 'nuqs/server';
import { studyCached } from '@/lib/cache/study';
import { analysisKeyOf } from '@/lib/client/options';
import { analysisSpec } from '@/lib/contract/analyses';
import { analysisIds, analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { Prefetched, type Search } from '../../prefetch';
import { analysisQuery, optionParams } from '../queries';
import { Analysis } from './Analysis';

interface Props {
  params: Promise<{ analysis: string }>;
  searchParams: Search;
}

const load = createLoader(optionParams);

const idOf = (text: string): AnalysisId => analysisIds.find((id) => id === text) ?? notFound();

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: analysisOf(idOf((await params).analysis)).label };
}

export default async function AnalysisPage({ params, searchParams }: Props) {
  const id = idOf((await params).analysis);
  const given = load(await searchParams);
  return (
    <Prefetched
      search={searchParams}
      more={async ({ client, workspace, view }) => {
        const input = view && analysisQuery(id, view, given);
        if (!input) return;
        const { data } = await studyCached(workspace.id, analysisSpec.parse(input));
        client.setQueryData(analysisKeyOf(workspace.slug, input), data);
      }}
    >
      <Analysis id={id} />
    </Prefetched>
  );
}
