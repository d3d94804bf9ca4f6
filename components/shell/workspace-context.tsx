'use client';

import { createContext, useContext, type ReactNode } from 'react';
import { useSearchParams } from 'next/navigation';
import { sliceParams } from '@/lib/client/view-params';
import type { Role } from '@/lib/contract/endpoint';

export interface Member {
  slug: string;
  name: string;
  role: Role;
  currency: string;
}

export interface Person {
  name: string;
  email: string;
}

interface Known {
  person: Person | null;
  workspaces: readonly Member[];
}

const Context = createContext<Known>({ person: null, workspaces: [] });

export function WorkspaceProvider({ children, ...known }: Known & { children: ReactNode }) {
  return <Context.Provider value={known}>{children}</Context.Provider>;
}

export const useKnown = (): Known => useContext(Context);

/** The workspace of the address, else the user's first. While the database is down it may be known by its slug alone. */
export function useWorkspace(): Member {
  const { workspaces } = useKnown();
  const slug = useSearchParams().get('workspace');
  const found = slug === null ? workspaces[0] : workspaces.find((workspace) => workspace.slug === slug);
  return found ?? { slug: slug ?? '', name: slug ?? 'Workspace', role: 'viewer', currency: 'USD' };
}

const kept = ['workspace', 'period', 'from', 'to', 'compare', 'stores'] as const;

/** A link inside the app: it keeps the workspace, the dates and the comparison. */
export function useLink(): (path: string, more?: Record<string, string>) => string {
  const search = useSearchParams();
  return (path, more = {}) => {
    const next = new URLSearchParams();
    for (const name of kept) {
      const value = search.get(name);
      if (value !== null) next.set(name, value);
    }
    for (const [name, value] of Object.entries(more)) next.set(name, value);
    return next.size > 0 ? `${path}?${next}` : path;
  };
}

/** The slice of the address, for links that keep it too. */
export function useSlice(): Record<string, string> {
  const search = useSearchParams();
  return Object.fromEntries(
    Object.keys(sliceParams).flatMap((name) => {
      const value = search.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
