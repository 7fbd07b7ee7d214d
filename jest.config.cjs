const transform = {
  '^.+\\.(ts|m?js)$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2022',
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

// These packages are ES modules only, which Jest on Node 20 cannot require(): they are compiled like our own files.
const esModules = [
  '@nestjs',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'jose',
  'uuid',
  'httpxy',
  // Not an ES module, but it imports `os` dynamically, which Jest cannot either.
  'mongodb',
].join('|');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/scripts'],
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^@idxcoop/(contracts|messaging|platform)$': '<rootDir>/libs/$1/src' },
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esModules})/)`],
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  // One more than there are cores: much of a spec is waiting for a store or a clock.
  maxWorkers: 3,
  // Each file loads the whole of Nest anew, and what it leaves behind costs more than a fresh worker.
  workerIdleMemoryLimit: '1GB',
};
