import { cache } from 'react';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { createLoader } from 'nuqs/server';
import { currentUser } from '@/lib/access/session';
import { resolveWorkspace } from '@/lib/access/workspace';
import { through } from '@/lib/cache/through';
import { keyOf } from '@/lib/client/options';
import { viewParams } from '@/lib/client/view-params';
import { memberId } from '@/lib/contract/endpoint';
import { ApiError } from '@/lib/contract/errors';
import { getBrand } from '@/lib/contract/members';
import { getBrand as read } from '@/lib/dimensions/brands';
import { Prefetched, type Search } from '../../prefetch';
import { Brand } from './Brand';
import { asked, brandParams } from './queries';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Search;
}

const load = createLoader({ ...brandParams, workspace: viewParams.workspace });

const idOf = (text: string): number => {
  const id = memberId.safeParse(text);
  return id.success ? id.data : notFound();
};

/** The brand; null where it cannot be read right now, which the page's parts then say. Read once a request. */
const find = cache(async (id: number, slug: string | null) => {
  try {
    const user = await currentUser(await headers());
    if (!user) return null;
    const workspace = await resolveWorkspace(user.id, slug ?? undefined);
    const what = ['getBrand', id];
    return (await through({ workspaceId: workspace.id, what, load: () => read(workspace.id, id) })).data;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') notFound();
    return null;
  }
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const brand = await find(idOf((await params).id), load(await searchParams).workspace);
  return { title: brand?.name ?? 'Brand' };
}

export default async function BrandPage({ params, searchParams }: Props) {
  const id = idOf((await params).id);
  const given = load(await searchParams);
  const brand = await find(id, given.workspace);
  return (
    <Prefetched
      search={searchParams}
      queries={(view, detail) => asked(view, detail, brand ?? { id, categories: [] }, given)}
      more={({ client, workspace }) => {
        if (brand)
          client.setQueryData(keyOf(getBrand, { params: { id }, query: { workspace: workspace.slug } }), brand);
        return Promise.resolve();
      }}
    >
      <Brand id={id} />
    </Prefetched>
  );
}
