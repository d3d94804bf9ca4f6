import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = import.meta.dirname;

// Server folders start with `import 'server-only'`, which throws outside of a server bundle.
const alias = { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` };

const databaseUrl =
  process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/brandlens_test';

const ignored = ['**/node_modules/**', '**/.next/**', 'data/**', 'e2e/**'];

/** Small files that take long, as they wait for processes, are not left for the end, where one of two workers has nothing to do. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification): boolean => /\/(lib\/jobs|scripts)\//.test(moduleId);
    const bySize = await super.sort(files);
    return [...bySize.filter(waits), ...bySize.filter((file) => !waits(file))];
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: WaitingFirst },
    // What a module becomes is the same for every file, project and run.
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...ignored, '**/*.it.test.ts', '**/*.contract.test.ts'],
          setupFiles: './tests/seed.ts',
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent' },
          // They share nothing but modules without state: those are loaded once.
          isolate: false,
          maxWorkers: 2,
          // Files are packed and read some hundred times by one property: a busy machine takes more than the usual five seconds.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['**/*.test.tsx'],
          exclude: ignored,
          environment: 'happy-dom',
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent' },
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      ...['integration', 'contract'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [name === 'contract' ? '**/*.contract.test.ts' : '**/*.it.test.ts'],
          exclude: ignored,
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: databaseUrl, TEST_DATABASE_URL: databaseUrl },
          globalSetup: './scripts/testing/migrate.ts',
          setupFiles: ['./tests/seed.ts', './tests/own-folder.ts'],
          // A third has the processor while the others wait for processes and the database.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
