'use client';

import { useEffect, useRef } from 'react';
import { usePathname, useSearchParams } from 'next/navigation';

/**
 * Keeps steps back and forward within a page in the browser. After a reload the router asks the server for the page of each
 * step anew, though only the address differs; a second step during that leaves it for good on the step between, where old
 * numbers stand under a right address (Next 16.4). What the page shows is read from the address, so the page is taken over.
 */
export function StepsBack() {
  const pathname = usePathname();
  const search = useSearchParams();
  const standing = useRef<{ pathname: string; state: unknown }>(null);
  useEffect(() => {
    standing.current = { pathname, state: window.history.state };
  }, [pathname, search]);
  useEffect(() => {
    const step = (event: PopStateEvent) => {
      const from = standing.current;
      if (!from || from.pathname !== window.location.pathname) return;
      event.stopImmediatePropagation();
      // The entry takes over the page that stands; then the router is told of the address alone.
      window.history.replaceState(from.state, '', window.location.href);
      window.history.replaceState(null, '', window.location.href);
    };
    window.addEventListener('popstate', step, { capture: true });
    return () => window.removeEventListener('popstate', step, { capture: true });
  }, []);
  return null;
}
