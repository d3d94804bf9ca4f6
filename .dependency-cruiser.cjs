// Who may import whom. Nobody may by default; a folder may always import itself.
const may = {
  app: [
    'components',
    'lib/access',
    'lib/analyses',
    'lib/cache',
    'lib/client',
    'lib/connectors',
    'lib/contract',
    'lib/corrections',
    'lib/dimensions',
    'lib/env',
    'lib/export',
    'lib/groups',
    'lib/http',
    'lib/ingest',
    'lib/jobs',
    'lib/metrics',
    'lib/observability',
    'lib/query',
    'lib/rollups',
    'lib/study',
  ],
  components: ['lib/client', 'lib/contract', 'lib/metrics'],

  'lib/env': ['lib/contract/rule-facts'],
  'lib/metrics': [],
  'lib/models': [],
  'lib/analyses': ['lib/metrics', 'lib/models'],
  'lib/contract': ['lib/metrics'],
  'lib/client': ['lib/contract', 'lib/metrics'],
  'lib/db': ['lib/env'],
  'lib/files': ['lib/env'],
  'lib/observability': ['lib/env', 'lib/contract'],
  'lib/audit': ['lib/db', 'lib/contract'],
  'lib/rollups': ['lib/db', 'lib/contract', 'lib/observability'],
  'lib/dimensions': ['lib/db', 'lib/contract', 'lib/metrics'],
  'lib/packed': ['lib/db', 'lib/env', 'lib/rollups'],
  'lib/query': ['lib/db', 'lib/packed', 'lib/rollups', 'lib/metrics', 'lib/contract', 'lib/env', 'lib/observability'],
  'lib/groups': ['lib/query', 'lib/dimensions', 'lib/db', 'lib/contract', 'lib/audit'],
  'lib/study': ['lib/analyses', 'lib/query', 'lib/rollups', 'lib/db', 'lib/metrics', 'lib/contract', 'lib/models'],
  'lib/verification': ['lib/study', 'lib/query', 'lib/rollups', 'lib/db', 'lib/metrics', 'lib/contract'],
  'lib/formats': ['lib/contract', 'lib/env'],
  'lib/ingest': [
    'lib/db',
    'lib/files',
    'lib/formats',
    'lib/rollups',
    'lib/dimensions',
    'lib/contract',
    'lib/metrics',
    'lib/audit',
    'lib/env',
    'lib/observability',
  ],
  'lib/connectors': [
    'lib/ingest',
    'lib/access',
    'lib/db',
    'lib/files',
    'lib/contract',
    'lib/env',
    'lib/audit',
    'lib/observability',
  ],
  'lib/export': ['lib/db', 'lib/formats', 'lib/contract'],
  'lib/moves': ['lib/db', 'lib/files'],
  'lib/corrections': ['lib/ingest', 'lib/rollups', 'lib/dimensions', 'lib/db', 'lib/contract', 'lib/audit'],
  'lib/jobs': [
    'lib/access',
    'lib/corrections',
    'lib/connectors',
    'lib/ingest',
    'lib/rollups',
    'lib/verification',
    'lib/db',
    'lib/contract',
    'lib/env',
    'lib/audit',
    'lib/observability',
  ],
  'lib/access': ['lib/db', 'lib/files', 'lib/contract', 'lib/audit', 'lib/env', 'lib/observability'],
  'lib/cache': ['lib/query', 'lib/study', 'lib/db', 'lib/contract', 'lib/observability', 'lib/env'],
  'lib/http': [
    'lib/access',
    'lib/cache',
    'lib/contract',
    'lib/db',
    'lib/env',
    'lib/jobs',
    'lib/metrics',
    'lib/observability',
  ],

  scripts: ['lib'],
  // It asks what the pages ask.
  bench: ['app', 'components', 'lib', 'scripts'],
  'middleware.ts': ['lib/http', 'lib/contract', 'lib/env', 'lib/observability', 'lib/access'],
  instrumentation: ['lib/env', 'lib/jobs', 'lib/observability', 'lib/http'],
};

const start = (name) => `^${name.replace('.', '\\.')}(/|\\.|-|$)`;
// Tests and what only they use may reach across.
const tests = '\\.(test|fixture)\\.tsx?$';
// Packages that need a server: what the browser may reach must not reach these.
const serverPackages =
  '^node_modules/(pg|pg-boss|pg-copy-streams|@prisma/[^/]+|ioredis|better-auth/dist/(db|plugins/organization)|pino|bentocache)/';

const directions = Object.entries(may).map(([from, to]) => ({
  name: `from-${from}`,
  comment: `${from} may import: ${to.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: start(from), pathNot: tests },
  to: {
    path: '^(app|components|lib|scripts|e2e|bench)/|^(middleware|instrumentation)',
    pathNot: [from, ...to].map(start),
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'every-folder-is-on-the-map',
      comment: 'A new folder in lib gets a line in the table above.',
      severity: 'error',
      from: { path: '^lib/', pathNot: Object.keys(may).map(start) },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^components/ui/', pathNot: tests },
      to: { path: '^(lib|app|components/(?!ui/))' },
    },
    {
      name: 'only-charts-know-recharts',
      severity: 'error',
      from: { pathNot: '^components/charts/' },
      to: { path: '^node_modules/recharts/' },
    },
    {
      name: 'browser-code-reaches-no-server',
      severity: 'error',
      from: { path: '^lib/(metrics|contract|client)/|^components/', pathNot: tests },
      to: { path: serverPackages },
    },
    {
      name: 'nothing-ships-test-tools',
      severity: 'error',
      from: { path: '^(app|components|lib)/|^middleware', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@prisma/schema-engine-wasm' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/db/generated/.+/|^\\.next/' },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'metadata' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
