'use client';

import { useEffect } from 'react';
import { usePathname, useSearchParams } from 'next/navigation';
import { standOn } from '@/lib/client/steps-back';

/** Tells what page stands, for the steps back and forward that stay within it. */
export function StepsBack() {
  const pathname = usePathname();
  const search = useSearchParams();
  useEffect(() => standOn(pathname, window.history.state), [pathname, search]);
  return null;
}
