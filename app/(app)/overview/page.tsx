import type { Metadata } from 'next';
import { Prefetched, type Search } from '../prefetch';
import { Overview } from './Overview';
import { asked } from './queries';

export const metadata: Metadata = { title: 'Overview' };

export default function OverviewPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched search={searchParams} queries={asked}>
      <Overview />
    </Prefetched>
  );
}
