import type { Metadata } from 'next';
import { Prefetched, type Search } from '../prefetch';
import { Analyses } from './Analyses';

export const metadata: Metadata = { title: 'Analyses' };

export default function AnalysesPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched search={searchParams}>
      <Analyses />
    </Prefetched>
  );
}
