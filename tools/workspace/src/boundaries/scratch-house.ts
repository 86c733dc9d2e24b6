import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** Files by their path from the root of a house, with forward slashes. */
export type Files = Readonly<Record<string, string>>

const ROOMS: Readonly<Record<string, string>> = {
  'packages/ai/alpha': '@nomaly/ai-alpha',
  'packages/ai/kappa': '@nomaly/ai-kappa',
  'packages/data/beta': '@nomaly/data-beta',
  'packages/enterprise/gamma': '@nomaly/enterprise-gamma',
  'packages/integrations/delta': '@nomaly/integration-delta',
  'packages/integrations/epsilon': '@nomaly/integration-epsilon',
  'configurations/zeta-basic': '@nomaly/configuration-zeta-basic',
  'configurations/eta-basic': '@nomaly/configuration-eta-basic',
  'configurations/zeta-enterprise': '@nomaly/configuration-zeta-enterprise',
  'configurations/zeta-custom': '@nomaly/configuration-zeta-custom',
}

const FOREIGN = [
  'zod',
  'inversify',
  'reflect-metadata',
  'commander',
  'vitest',
  'declared',
  'for-development',
  'undeclared',
]

const ENTRY = { types: './dist/index.d.ts', default: './dist/index.js' }

/** A house that keeps every rule, so that whatever is reported in it was planted. */
const CLEAN: Files = {
  'packages/ai/alpha/src/index.ts': "export * from './application/work.ts'\nexport * from './domain/value.ts'\n",
  'packages/ai/alpha/src/node.ts': "export * from './infrastructure/store.ts'\n",
  'packages/ai/alpha/src/cli.ts': "export * from './presentation/command.ts'\n",
  'packages/ai/alpha/src/domain/value.ts': 'export const value = 1\n',
  'packages/ai/alpha/src/domain/value.test.ts':
    "import { it } from 'vitest'\nimport { law } from '@nomaly/tool-laws'\nimport { value } from './value.ts'\nit(law, () => value)\n",
  'packages/ai/alpha/src/application/work.ts':
    "import { z } from 'zod'\nimport { value } from '../domain/value.ts'\nexport const work = [z, value]\n",
  'packages/ai/alpha/src/infrastructure/store.ts':
    "import { readFileSync } from 'node:fs'\nimport { declared } from 'declared'\nimport { work } from '../application/work.ts'\nexport const store = [readFileSync, declared, work]\n",
  'packages/ai/alpha/src/presentation/command.ts':
    "import type { Command } from 'commander'\nimport { work } from '../application/work.ts'\nexport const command = (c: Command) => [c, work]\n",
  'packages/ai/alpha/src/testing/index.ts': "export * from '../application/work.ts'\n",
  'packages/ai/alpha/examples/quick-start.ts': "import { work } from '@nomaly/ai-alpha'\nwork.length\n",
  'configurations/zeta-basic/src/index.ts':
    "import 'inversify'\nimport 'reflect-metadata'\nimport '@nomaly/ai-alpha'\nimport '@nomaly/data-beta'\n",
  'configurations/zeta-enterprise/src/index.ts': "import '@nomaly/configuration-zeta-basic'\n",
  'tools/conformance/src/both.test.ts':
    "import { it } from 'vitest'\nimport '@nomaly/ai-alpha'\nimport '@nomaly/data-beta'\nit('x', () => {})\n",
}

/**
 * Builds a small house in a new temporary folder: one room of each area, the rules of `workspace`, and `planted`.
 * Every room declares and links every other one, as a careless author would, so that only the rules stand in the way.
 * @returns its absolute folder; the caller removes it
 */
export function buildScratchHouse(workspace: string, planted: Files): string {
  const house = mkdtempSync(join(tmpdir(), 'nomaly-boundaries-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  const link = (room: string, name: string, target: string): void => {
    const at = join(house, room, 'node_modules', name)
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(relative(dirname(at), join(house, target)), at, 'junction')
  }

  copyFileSync(join(workspace, '.dependency-cruiser.cjs'), join(house, '.dependency-cruiser.cjs'))
  write('package.json', JSON.stringify({ private: true, type: 'module', devDependencies: { vitest: '*' } }))
  for (const name of FOREIGN) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
    )
    write(`node_modules/${name}/index.js`, 'export {}\n')
  }
  write('tools/laws/package.json', JSON.stringify({ name: '@nomaly/tool-laws', exports: { '.': './src/index.ts' } }))
  write('tools/laws/src/index.ts', "export { law } from './law.ts'\n")
  write('tools/laws/src/law.ts', "export const law = 'finite'\n")
  write('tools/conformance/package.json', manifestOf('tools/conformance', '@nomaly/tool-conformance'))
  for (const [room, name] of Object.entries(ROOMS)) {
    write(`${room}/package.json`, manifestOf(room, name))
    write(`${room}/dist/index.js`, 'export {}\n')
    write(`${room}/dist/index.d.ts`, 'export {}\n')
    write(`${room}/dist/inner.d.ts`, 'export {}\n')
    write(`${room}/src/index.ts`, 'export {}\n')
  }
  for (const room of [...Object.keys(ROOMS), 'tools/conformance']) {
    for (const [other, name] of Object.entries(ROOMS)) if (other !== room) link(room, name, other)
    link(room, '@nomaly/tool-laws', 'tools/laws')
  }
  for (const [path, text] of Object.entries({ ...CLEAN, ...planted })) write(path, text)
  return house
}

function manifestOf(room: string, name: string): string {
  const others = Object.fromEntries(Object.values(ROOMS).map((other) => [other, 'workspace:^']))
  const inner = room === 'packages/ai/alpha' ? ['node', 'cli', 'testing/index'] : []
  return JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    exports: {
      '.': ENTRY,
      ...Object.fromEntries(
        inner.map((path) => [`./${path}`, { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` }]),
      ),
    },
    dependencies: {
      ...others,
      zod: '*',
      declared: '*',
      ...(room.startsWith('packages/ai/alpha') || room.startsWith('configurations/')
        ? { inversify: '*', 'reflect-metadata': '*' }
        : {}),
    },
    peerDependencies: { commander: '*' },
    peerDependenciesMeta: { commander: { optional: true } },
    devDependencies: { '@nomaly/tool-laws': 'workspace:*', 'for-development': '*' },
  })
}
