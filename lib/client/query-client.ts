import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './failure';

/** The browser's client, and a new one for each page that the server prefetches. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
        refetchOnWindowFocus: false,
      },
    },
  });
