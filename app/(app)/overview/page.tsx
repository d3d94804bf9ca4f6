import type { Metadata } from 'next';
import { Prefetched, type Search } from '../prefetch';
import { Overview } from './Overview';
import { overviewQueries } from './queries';

export const metadata: Metadata = { title: 'Overview' };

export default function OverviewPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched search={searchParams} queries={(view, detail) => Object.values(overviewQueries(view, detail))}>
      <Overview />
    </Prefetched>
  );
}
