import next from 'eslint-config-next/core-web-vitals';
import typescript from 'eslint-config-next/typescript';

const generated = [
  'lib/db/generated/**',
  'data/**',
  '.next/**',
  'coverage/**',
  'test-results/**',
  'playwright-report/**',
];

const config = [
  { ignores: generated },
  ...next,
  ...typescript,
  { settings: { react: { version: '19' } } },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 250 }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    // One place reads the settings, so that a wrong one is refused at the start and not in the middle of a request.
    files: ['app/**', 'components/**', 'lib/**'],
    ignores: ['lib/env.ts', '**/*.test.ts', '**/*.test.tsx', '**/*.fixture.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings from lib/env.ts.' },
      ],
    },
  },
];

export default config;
