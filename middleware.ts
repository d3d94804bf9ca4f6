import { guard as middleware } from '@/lib/http/guard';

export { middleware };

export const config = {
  // Shares its memory with the handlers, and costs half of the default.
  runtime: 'nodejs',
  // Left out: files; health checks; what is uploaded or pushed, which would be cut at 10 MB (its handlers do the limit).
  matcher: ['/((?!_next/|api/health/|api/v1/(?:imports|transactions)$|.*\\.(?:svg|png|ico|txt|webmanifest|map)$).*)'],
};
