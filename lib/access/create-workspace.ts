import 'server-only';
import { randomBytes } from 'node:crypto';
import { ApiError } from '@/lib/contract/errors';
import { db } from '@/lib/db/client';
import { forgetMemberships } from './workspace';

interface NewWorkspace {
  name: string;
  slug?: string;
  currency?: string;
  ownerId?: string;
}

export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '') || 'workspace';

const decimalsOf = (currency: string): number => {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return Math.min(maximumFractionDigits ?? 2, 4);
};

/** Makes an empty workspace with its root category, which is the whole market; the owner becomes its admin. */
export async function createWorkspace({ name, slug, currency = 'USD', ownerId }: NewWorkspace): Promise<number> {
  const base = slug ?? slugOf(name);
  const taken = await db.workspace.findUnique({ where: { slug: base }, select: { id: true } });
  if (taken && slug) throw new ApiError('conflict', `A workspace with the slug "${slug}" is there already.`);
  const workspace = await db.$transaction(async (tx) => {
    const created = await tx.workspace.create({
      data: {
        name,
        currency,
        currencyScale: decimalsOf(currency),
        slug: taken ? `${base}-${randomBytes(3).toString('hex')}` : base,
        ...(ownerId && { members: { create: { userId: ownerId, role: 'admin' } } }),
      },
      select: { id: true },
    });
    const root = await tx.category.create({
      data: { workspaceId: created.id, name: 'All categories', depth: 0 },
      select: { id: true },
    });
    await tx.categoryAncestor.create({
      data: { workspaceId: created.id, categoryId: root.id, ancestorId: root.id },
    });
    return created;
  });
  if (ownerId) forgetMemberships(ownerId);
  return workspace.id;
}
