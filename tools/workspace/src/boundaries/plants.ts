import type { Files } from './scratch-house.ts'

/** A violation planted on purpose, and the rule that has to name its file. */
export interface Plant {
  readonly what: string
  readonly rule: string
  /** The file that is at fault, from the root of the house. */
  readonly at: string
  readonly files: Files
}

/** Every violation that the rules must see, at least one for each rule. */
export const plants: ReadonlyArray<Plant> = [
  ...packages(),
  ...configurations(),
  ...layers(),
  ...dependencies(),
  ...tests(),
]

function packages(): ReadonlyArray<Plant> {
  const rule = 'no-package-imports-package'
  const alpha = 'packages/ai/alpha/src/infrastructure'
  const enterprise = 'packages/enterprise/gamma/src/infrastructure'
  return [
    plant('package -> package by name', rule, `${alpha}/by-name.ts`, "import '@nomaly/ai-kappa'"),
    plant(
      'package -> package by name, undeclared',
      rule,
      `${alpha}/undeclared-room.ts`,
      "import '@nomaly/ai-unlinked'",
    ),
    plant('package -> package by relative path', rule, `${alpha}/by-path.ts`, "import '../../../kappa/src/index.ts'"),
    plant('package -> package, type only', rule, `${alpha}/by-type.ts`, typeImport('@nomaly/ai-kappa')),
    plant(
      'package -> package, dynamic import',
      rule,
      `${alpha}/late.ts`,
      "export const late = import('@nomaly/ai-kappa')",
    ),
    plant('package -> package, re-export', rule, `${alpha}/again.ts`, "export * from '@nomaly/ai-kappa'"),
    plant('package -> package in a test', rule, `${alpha}/peer.test.ts`, "import '@nomaly/ai-kappa'"),
    plant('package -> package in an example', rule, 'packages/ai/alpha/examples/peer.ts', "import '@nomaly/ai-kappa'"),
    plant('ai -> data', rule, `${alpha}/to-data.ts`, "import '@nomaly/data-beta'"),
    plant('data -> ai', rule, 'packages/data/beta/src/infrastructure/to-ai.ts', "import '@nomaly/ai-alpha'"),
    plant(
      'integration -> integration',
      rule,
      'packages/integrations/delta/src/to-sibling.ts',
      "import '@nomaly/integration-epsilon'",
    ),
    plant('enterprise -> integration', rule, `${enterprise}/to-integration.ts`, "import '@nomaly/integration-delta'"),
    plant(
      'package -> configuration',
      'no-package-imports-configuration',
      `${alpha}/up.ts`,
      "import '@nomaly/configuration-zeta-basic'",
    ),
    plant(
      'inversify outside configurations',
      'inversify-in-configurations-only',
      `${alpha}/container.ts`,
      "import 'inversify'",
    ),
    plant(
      'reflect-metadata outside configurations',
      'inversify-in-configurations-only',
      `${alpha}/metadata.ts`,
      "import 'reflect-metadata'",
    ),
    plant(
      'tool -> inversify',
      'inversify-in-configurations-only',
      'tools/conformance/src/container.ts',
      "import 'inversify'",
    ),
  ]
}

function configurations(): ReadonlyArray<Plant> {
  const rule = 'configurations-extend-one-way'
  return [
    plant(
      'basic -> enterprise configuration',
      rule,
      'configurations/zeta-basic/src/up.ts',
      "import '@nomaly/configuration-zeta-enterprise'",
    ),
    plant(
      'basic -> another basic configuration',
      rule,
      'configurations/zeta-basic/src/aside.ts',
      "import '@nomaly/configuration-eta-basic'",
    ),
    plant(
      'enterprise -> custom configuration',
      rule,
      'configurations/zeta-enterprise/src/up.ts',
      "import '@nomaly/configuration-zeta-custom'",
    ),
    plant(
      'platform-basic -> enterprise configuration',
      rule,
      'configurations/platform-basic/src/up.ts',
      "import '../../zeta-enterprise/dist/index.js'",
    ),
    plant(
      'eta-basic -> custom configuration',
      rule,
      'configurations/eta-basic/src/up.ts',
      "import '@nomaly/configuration-zeta-custom'",
    ),
  ]
}

function layers(): ReadonlyArray<Plant> {
  const source = 'packages/ai/alpha/src'
  const toStore = "import { store } from '../infrastructure/store.ts'\nexport const used = store"
  const domainOnly = 'domain-imports-domain-only'
  return [
    plant('domain -> infrastructure', domainOnly, `${source}/domain/to-infrastructure.ts`, toStore),
    plant(
      'domain -> infrastructure, type only',
      domainOnly,
      `${source}/domain/type-of.ts`,
      typeImport('../infrastructure/store.ts'),
    ),
    plant(
      'domain -> infrastructure, dynamic',
      domainOnly,
      `${source}/domain/late.ts`,
      "export const late = import('../infrastructure/store.ts')",
    ),
    plant(
      'domain -> application',
      domainOnly,
      `${source}/domain/to-application.ts`,
      "export * from '../application/work.ts'",
    ),
    plant(
      'application -> infrastructure',
      'application-imports-inward-only',
      `${source}/application/outward.ts`,
      toStore,
    ),
    plant(
      'presentation -> infrastructure',
      'outer-layers-know-not-each-other',
      `${source}/presentation/aside.ts`,
      toStore,
    ),
    plant('domain -> node:', 'domain-uses-no-node', `${source}/domain/disk.ts`, "import 'node:fs'"),
    plant('domain -> npm', 'domain-uses-no-npm', `${source}/domain/foreign.ts`, "import 'declared'"),
    plant('domain -> zod', 'domain-uses-no-npm', `${source}/domain/schema.ts`, "import 'zod'"),
    plant('application -> node:', 'application-uses-no-node', `${source}/application/disk.ts`, "import 'node:path'"),
    plant(
      'application -> npm other than zod',
      'application-uses-zod-only',
      `${source}/application/foreign.ts`,
      "import 'declared'",
    ),
    plant(
      'main entry beside ./node -> node:',
      'browser-entry-reaches-no-node',
      'packages/ai/kappa/src/index.ts',
      "export * from './infrastructure/disk.ts'",
      {
        'packages/ai/kappa/src/node.ts': "export * from './infrastructure/disk.ts'\n",
        'packages/ai/kappa/src/infrastructure/disk.ts': "export { readFileSync } from 'node:fs'\n",
      },
    ),
  ]
}

function dependencies(): ReadonlyArray<Plant> {
  const source = 'packages/ai/alpha/src'
  const one = `${source}/domain/circle-one.ts`
  return [
    plant(
      'deep import past the exports map',
      'no-unresolvable',
      'configurations/zeta-basic/src/deep.ts',
      "import '@nomaly/ai-alpha/dist/inner.js'",
    ),
    plant(
      'deep import by relative path',
      'no-deep-import',
      'configurations/zeta-basic/src/path.ts',
      "import '../../../packages/ai/alpha/src/domain/value.ts'",
    ),
    plant(
      'tool -> package by relative path',
      'no-deep-import',
      'tools/conformance/src/path.ts',
      "import '../../../packages/ai/alpha/src/domain/value.ts'",
    ),
    plant('circle', 'no-circular', one, "import { two } from './circle-two.ts'\nexport const one = () => two", {
      [`${source}/domain/circle-two.ts`]: "import { one } from './circle-one.ts'\nexport const two = () => one\n",
    }),
    plant('orphan', 'no-orphans', `${source}/domain/orphan.ts`, 'export const alone = 1'),
    plant(
      'undeclared dependency',
      'no-undeclared-dependency',
      `${source}/infrastructure/undeclared.ts`,
      "import 'undeclared'",
    ),
    plant(
      'undeclared dependency of a test',
      'no-undeclared-dependency',
      `${source}/infrastructure/undeclared.test.ts`,
      "import 'undeclared'",
    ),
    plant(
      'dependency that is not installed',
      'no-unresolvable',
      `${source}/infrastructure/missing.ts`,
      "import 'not-installed'",
    ),
    plant(
      'development dependency in source',
      'no-dev-dependency-in-source',
      `${source}/infrastructure/development.ts`,
      "import 'for-development'",
    ),
    plant(
      'optional peer loaded at once by an entry',
      'optional-peer-in-outer-layer',
      `${source}/eager.ts`,
      "import 'commander'",
    ),
  ]
}

function tests(): ReadonlyArray<Plant> {
  const source = 'packages/ai/alpha/src'
  return [
    plant('source -> test', 'no-test-in-source', `${source}/domain/to-test.ts`, "import './value.test.ts'"),
    plant(
      'source -> contract suite',
      'contract-suites-in-tests-only',
      `${source}/infrastructure/suite.ts`,
      "import '../testing/index.ts'",
    ),
    plant(
      'source -> test laws',
      'tools-in-tests-only',
      `${source}/infrastructure/laws.ts`,
      "import '@nomaly/tool-laws'",
    ),
    plant(
      'test -> a tool other than the laws',
      'tests-import-laws-only',
      `${source}/tool.test.ts`,
      "import '../../../../tools/conformance/src/both.test.ts'",
    ),
    plant(
      'laws -> package',
      'laws-know-no-package',
      'tools/laws/src/to-package.ts',
      "import '../../../packages/ai/alpha/dist/index.js'",
    ),
  ]
}

function plant(what: string, rule: string, at: string, text: string, more: Files = {}): Plant {
  return { what, rule, at, files: { [at]: `${text}\n`, ...more } }
}

function typeImport(from: string): string {
  return `import type * as other from '${from}'\nexport type Other = typeof other`
}
