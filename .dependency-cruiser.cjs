// The rules of docs/architecture.md. tools/workspace/src/boundaries plants a violation of each one and proves it is seen.
const { existsSync, globSync, readFileSync } = require('node:fs')
const { builtinModules } = require('node:module')
const path = require('node:path')

/** One room: a package or a configuration, captured as $1 so that a rule can say "its own". */
const ROOM = '^((?:packages/[^/]+|configurations)/[^/]+)'
const TESTS = ['\\.test\\.ts$', '/__fixtures__/', '/src/e2e/']
const NPM_TYPES = ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']

const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`

const manifests = globSync(['packages/*/*/package.json', 'configurations/*/package.json'], { cwd: __dirname }).map(
  (file) => ({
    folder: path.dirname(file).replaceAll('\\', '/'),
    manifest: JSON.parse(readFileSync(path.join(__dirname, file), 'utf8')),
  }),
)

/** The sources behind every exports map and bin: reached from outside, so never orphans. */
const entries = manifests.flatMap(({ folder, manifest }) =>
  [
    ...Object.values(manifest.exports ?? {}).map((entry) => entry.default ?? entry),
    ...Object.values(manifest.bin ?? {}),
  ]
    .map((target) => /^(?:\.\/)?dist\/(.+)\.js$/.exec(target)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => `^${folder}/src/${name}\\.ts$`),
)

/** Named by vitest.config.ts, which is not cruised. */
const SETUP_FILES = '^tools/laws/src/without-webassembly\\.ts$'

/** A package with a `./node` entry promises that its main entry runs in a browser. */
const browserEntries = manifests
  .filter(({ folder }) => existsSync(path.join(__dirname, folder, 'src/node.ts')))
  .map(({ folder }) => `^${folder}/src/index\\.ts$`)

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const standAlone = [
  forbid(
    'no-package-imports-package',
    'A package imports no other package of this repository, not even a type. Declare a port and let a configuration bind it.',
    { path: '^packages/([^/]+)/([^/]+)/' },
    { path: '^packages/', pathNot: '^packages/$1/$2/' },
  ),
  forbid(
    'no-package-imports-package',
    'The same, by a name that the manifest does not declare: it resolves to nothing, and is no less a violation.',
    { path: '^packages/([^/]+)/([^/]+)/' },
    {
      couldNotResolve: true,
      path: '^(@nomaly/|nomaly(/|$))',
      pathNot: ['^@nomaly/tool-', '^@nomaly/($1|integration)-$2(/|$)'],
    },
  ),
  forbid(
    'no-package-imports-configuration',
    'Configurations know packages, never the other way round.',
    { path: '^packages/' },
    { path: '^configurations/' },
  ),
  forbid(
    'configurations-extend-one-way',
    'basic <- enterprise <- custom: a basic configuration extends no other.',
    { path: '^configurations/((?!platform-)[^/]+-basic)/' },
    { path: '^configurations/', pathNot: '^configurations/$1/' },
  ),
  forbid(
    'configurations-extend-one-way',
    'basic <- enterprise <- custom: platform-basic gathers basic configurations only.',
    { path: '^configurations/platform-basic/' },
    { path: '^configurations/', pathNot: '^configurations/[^/]+-basic/' },
  ),
  forbid(
    'configurations-extend-one-way',
    'basic <- enterprise <- custom: an enterprise configuration extends a basic one.',
    { path: '^configurations/((?!platform-)[^/]+-enterprise)/' },
    { path: '^configurations/', pathNot: ['^configurations/$1/', '^configurations/[^/]+-basic/'] },
  ),
  forbid(
    'configurations-extend-one-way',
    'basic <- enterprise <- custom: nothing extends a custom configuration.',
    { path: '^configurations/([^/]+)/' },
    { path: '^configurations/', pathNot: ['^configurations/$1/', '^configurations/[^/]+-(basic|enterprise)/'] },
  ),
  forbid(
    'inversify-in-configurations-only',
    'Only configurations know a container; everything else takes its dependencies as arguments.',
    { pathNot: '^configurations/' },
    { path: npm('inversify', '@inversifyjs/[^/]+', 'reflect-metadata') },
  ),
]

const layers = [
  forbid(
    'domain-imports-domain-only',
    'Imports point inward: the domain knows no other layer.',
    { path: `${ROOM}/src/domain/`, pathNot: TESTS },
    { path: '^$1/src/', pathNot: '^$1/src/domain/' },
  ),
  forbid(
    'application-imports-inward-only',
    'Imports point inward: the application knows the domain and talks to the outside through ports.',
    { path: `${ROOM}/src/application/`, pathNot: TESTS },
    { path: '^$1/src/', pathNot: '^$1/src/(domain|application)/' },
  ),
  forbid(
    'outer-layers-know-not-each-other',
    'Presentation takes what it needs as arguments; the entry or a configuration hands it the infrastructure.',
    { path: `${ROOM}/src/(infrastructure|presentation)/`, pathNot: TESTS },
    { path: '^$1/src/(infrastructure|presentation)/', pathNot: '^$1/src/$2/' },
  ),
  forbid(
    'domain-uses-no-node',
    'The domain runs in a browser, a worker and at the edge.',
    { path: `${ROOM}/src/domain/`, pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'domain-uses-no-npm',
    'The domain is plain TypeScript; options are read with zod in the application.',
    { path: `${ROOM}/src/domain/`, pathNot: TESTS },
    { dependencyTypes: NPM_TYPES },
  ),
  forbid(
    'application-uses-no-node',
    'The application runs in a browser, a worker and at the edge; what needs Node is infrastructure behind a port.',
    { path: `${ROOM}/src/application/`, pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'application-uses-zod-only',
    'The one npm package of the application is zod; anything else is infrastructure behind a port.',
    { path: `${ROOM}/src/application/`, pathNot: TESTS },
    { dependencyTypes: NPM_TYPES, pathNot: npm('zod') },
  ),
  {
    name: 'browser-entry-reaches-no-node',
    comment: 'A package with a ./node entry promises that its main entry runs in a browser.',
    severity: 'error',
    from: { path: browserEntries.length > 0 ? browserEntries : ['^$'] },
    to: { path: `^(node:)?(${builtinModules.join('|')})$`, reachable: true },
  },
]

const optional = [
  forbid(
    'optional-peer-in-outer-layer',
    'A foreign library that may be missing is loaded in infrastructure or presentation, or with await import().',
    { path: `${ROOM}/src/`, pathNot: [...TESTS, `${ROOM}/src/(infrastructure|presentation)/`] },
    { dependencyTypes: ['npm-peer'], dependencyTypesNot: ['type-only', 'dynamic-import', 'npm'] },
  ),
]

const tidy = [
  forbid('no-circular', 'Files that need each other are one file.', {}, { circular: true }),
  forbid(
    'no-orphans',
    'Nothing reaches this file and it reaches nothing: delete it or use it.',
    { orphan: true, pathNot: [...TESTS, ...entries, '\\.d\\.ts$', '/examples/', '\\.config\\.ts$', SETUP_FILES] },
    {},
  ),
  forbid(
    'no-unresolvable',
    'Not declared, not built, or not in the exports map of the package it reaches into.',
    {},
    { couldNotResolve: true },
  ),
  forbid(
    'no-deep-import',
    'Another package is reached by its name and its exports map, never by a path into it.',
    { path: '^((?:packages/[^/]+|configurations|tools)/[^/]+)/' },
    { path: '^(packages|configurations|tools)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  ),
  forbid(
    'no-undeclared-dependency',
    'What a file imports stands in the dependencies of its own manifest, not only in the root.',
    { path: '^(packages|configurations|tools)/', pathNot: TESTS },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: ROOM },
  ),
  forbid(
    'no-undeclared-dependency',
    'A test may use the test tools of the root; anything else stands in its own manifest.',
    { path: TESTS },
    {
      dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      pathNot: [ROOM, npm('vitest', 'fast-check', '@types/node')],
    },
  ),
  forbid(
    'no-dev-dependency-in-source',
    'What ships needs a dependency that ships: dependencies, or an optional peer.',
    { path: `${ROOM}/src/`, pathNot: TESTS },
    {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional'],
      pathNot: npm('@types/[^/]+'),
    },
  ),
  forbid(
    'no-test-in-source',
    'What ships imports neither a test nor its fixtures.',
    { path: `${ROOM}/src/`, pathNot: TESTS },
    { path: TESTS },
  ),
  forbid(
    'contract-suites-in-tests-only',
    'src/testing is published for the tests of adapters; nothing that runs in production needs it.',
    { path: '^(packages|configurations)/', pathNot: [...TESTS, '/src/testing/'] },
    { path: '/(src|dist)/testing/' },
  ),
  forbid(
    'tools-in-tests-only',
    'What ships, and its examples, import no tool of this repository.',
    { path: '^(packages|configurations)/', pathNot: TESTS },
    { path: '^tools/' },
  ),
  forbid(
    'tests-import-laws-only',
    'Of the tools, only the test laws are for packages.',
    { path: ['^(packages|configurations)/.+\\.test\\.ts$'] },
    { path: '^tools/', pathNot: '^tools/laws/' },
  ),
  forbid(
    'laws-know-no-package',
    'Laws match by structure: packages import them, so they import no package.',
    { path: '^tools/(laws|workspace)/' },
    { path: '^(packages|configurations)/' },
  ),
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...standAlone, ...layers, ...optional, ...tidy],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/assembly/', '/\\.venv/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.d.mts', '.json'],
    },
  },
}
