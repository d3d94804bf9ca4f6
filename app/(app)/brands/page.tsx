import type { Metadata } from 'next';
import { createLoader } from 'nuqs/server';
import { atPage } from '@/lib/client/trail';
import { Prefetched, type Search } from '../prefetch';
import { Brands } from './Brands';
import { leagueParams, leagueQuery, linesQuery } from './queries';

export const metadata: Metadata = { title: 'Brands' };

const load = createLoader(leagueParams);

export default async function BrandsPage({ searchParams }: { searchParams: Search }) {
  const params = load(await searchParams);
  return (
    <Prefetched
      search={searchParams}
      more={async ({ view, detail, ask }) => {
        if (!view) return;
        const page = await ask(atPage(leagueQuery(view, params), params.page));
        const lines = linesQuery(view, params, page, detail.grain);
        if (lines) await ask(lines);
      }}
    >
      <Brands />
    </Prefetched>
  );
}
