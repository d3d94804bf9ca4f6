'use client';

import { Suspense, useState, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { StepsBack } from '@/components/shell/StepsBack';
import { theme, variables } from '@/components/ui/theme';
import { createQueryClient } from '@/lib/client/query-client';

export function Providers({ children, nonce }: { children: ReactNode; nonce: string | undefined }) {
  const [client] = useState(createQueryClient);
  return (
    <NuqsAdapter>
      <Suspense>
        <StepsBack />
      </Suspense>
      <QueryClientProvider client={client}>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          cssVariablesResolver={variables}
          {...(nonce && { getStyleNonce: () => nonce })}
        >
          <Notifications position="bottom-right" limit={3} />
          {children}
        </MantineProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
