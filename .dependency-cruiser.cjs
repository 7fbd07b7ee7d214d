/** The import rules of the house. Each is proved by a deliberate offender in test/architecture/offenders. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'apps-never-import-apps',
      comment: 'Services meet in libs/contracts; standalone alone composes them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'features-never-import-sibling-features',
      comment: 'Features of a service share its schema files and pure calculations, never each other’s doors and work.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^apps/$1/src/[^/]+/.+\\.(controller|dto|handler|consumer|job|channel|module)\\.ts$',
        pathNot: '^apps/$1/src/$2/',
      },
    },
    {
      name: 'libraries-never-import-apps',
      comment: 'A library knows nothing of the services that stand on it.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'contracts-know-class-validator-only',
      comment: 'A contract is read by everybody: it must not drag anything along.',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/contracts/src/', 'node_modules/class-validator/'] },
    },
    {
      name: 'platform-never-imports-messaging',
      comment: 'messaging stands on platform, platform on contracts.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^libs/messaging/' },
    },
    {
      name: 'only-messaging-knows-amqp',
      comment: 'All broker behaviour lives in libs/messaging.',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/', pathNot: '^libs/messaging/' },
      to: { path: 'node_modules/(amqplib|amqp-connection-manager)/' },
    },
    {
      name: 'libraries-are-entered-by-their-index',
      comment: 'What is not exported is free to change.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
    },
    {
      name: 'product-never-imports-tests',
      comment: 'What only a test needs is not shipped.',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^test/|\\.spec\\.ts$)' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle cannot be read in order.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
