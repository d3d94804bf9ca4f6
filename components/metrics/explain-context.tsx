'use client';

import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import type { QueryResponse } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import { ExplainPanel, type Explained } from './ExplainPanel';

const Context = createContext<(what: Explained) => void>(() => undefined);

/** Opens the explanation of a number. */
export const useExplain = (): ((what: Explained) => void) => useContext(Context);

/** Opens the number of a period, where the answer has one. */
export function useExplainPoint(): (metric: MetricId, response: QueryResponse) => (period: string) => void {
  const explain = useExplain();
  return (metric, response) => (period) => {
    const row = response.totals.find((one) => one.period === period);
    if (row) explain({ metric, response, row });
  };
}

export function ExplainProvider({ children }: { children: ReactNode }) {
  const [what, setWhat] = useState<Explained | null>(null);
  const [opened, setOpened] = useState(false);
  const open = useCallback((next: Explained) => {
    setWhat(next);
    setOpened(true);
  }, []);
  return (
    <Context.Provider value={open}>
      {children}
      <ExplainPanel what={what} opened={opened} onClose={() => setOpened(false)} />
    </Context.Provider>
  );
}
