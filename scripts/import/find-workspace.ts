import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { Fault } from '../fault';
import type { Settings } from './settings';

export interface Workspace {
  id: number;
  slug: string;
}

/** The workspace that the command line names, made first where it asks for that. */
export async function findWorkspace({
  workspace: slug,
  createWorkspace: name,
}: Pick<Settings, 'workspace' | 'createWorkspace'>): Promise<Workspace> {
  if (name !== null) {
    const id = await createWorkspace({ name });
    const made = await db.workspace.findUniqueOrThrow({ where: { id }, select: { id: true, slug: true } });
    console.error(`Made the workspace "${name}" (--workspace ${made.slug}).`);
    return made;
  }
  const found = await db.workspace.findUnique({ where: { slug }, select: { id: true, slug: true } });
  if (found) return found;
  const others = await db.workspace.findMany({ select: { slug: true }, orderBy: { slug: 'asc' }, take: 20 });
  const known = others.length > 0 ? `There is ${others.map((other) => other.slug).join(', ')}.` : 'There is none yet.';
  throw new Fault(`There is no workspace "${slug}". ${known} --create-workspace NAME makes one.`);
}
