import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { createTree } from '@nx/devkit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { blocksOf } from '../readme/blocks.ts'
import { type PackageOptions, packageGenerator } from './package.ts'
import { createScratchWorkspace, type ScratchWorkspace } from './scratch-workspace.ts'

const born: ReadonlyArray<{ area: PackageOptions['area']; name: string; folder: string }> = [
  { area: 'ai', name: 'alpha', folder: 'packages/ai/alpha' },
  { area: 'data', name: 'beta', folder: 'packages/data/beta' },
  { area: 'enterprise', name: 'gamma-ray', folder: 'packages/enterprise/gamma-ray' },
  { area: 'integrations', name: 'delta', folder: 'packages/integrations/delta' },
  {
    area: 'configurations',
    name: 'anomaly-detection-enterprise',
    folder: 'configurations/anomaly-detection-enterprise',
  },
]

describe('a package of every area, from its first minute', { timeout: 120_000 }, () => {
  let scratch: ScratchWorkspace

  const succeeds = async (command: string, ...args: ReadonlyArray<string>): Promise<string> => {
    const { code, output } = await scratch.run(command, ...args)
    expect(code, `${command} ${args.join(' ')}\n${output}`).toBe(0)
    return output
  }

  beforeAll(async () => {
    scratch = createScratchWorkspace()
    await succeeds('pnpm', 'install', '--no-frozen-lockfile', '--prefer-offline')
    const [last, ...first] = born.toReversed()
    for (const { area, name } of first) writeInto(scratch.root, area, name)
    await succeeds('oxfmt', 'packages')
    await succeeds('nx', 'g', '@nomaly/tool-workspace:package', String(last?.area), String(last?.name))
    await succeeds('nx', 'run-many', '-t', 'build')
    await succeeds('node', 'tools/workspace/src/api/check.ts', '--update')
  })

  afterAll(() => scratch.remove())

  it('keeps types, format and lint', async () => {
    await succeeds('tsc', '-p', 'tsconfig.json')
    await succeeds('oxfmt', '--check', 'packages', 'configurations')
    await succeeds('oxlint', '--type-aware', '--deny-warnings', 'packages', 'configurations')
  })

  it('passes its tests', async () => {
    expect(await succeeds('vitest', 'run', ...born.map(({ folder }) => folder))).toMatch(/Test Files.*5 passed/)
  })

  it('keeps the boundaries', async () => {
    expect(await succeeds('node', 'tools/workspace/src/boundaries/check.ts')).toMatch(/house: \d\d+ modules/)
  })

  it('has an API report and a sound tarball', async () => {
    expect(await succeeds('node', 'tools/workspace/src/api/check.ts')).toContain('5 API reports read')
    await succeeds('node', 'tools/workspace/src/hygiene/tarballs.ts')
  })

  it.each(born)('$folder shows its example in its README and runs it', async ({ folder }) => {
    const example = readFileSync(join(scratch.root, folder, 'examples/quick-start.ts'), 'utf8')

    expect(blocksOf(readFileSync(join(scratch.root, folder, 'README.md'), 'utf8'), 'ts')).toContain(example)
    expect(await succeeds('node', join(folder, 'examples/quick-start.ts'))).not.toBe('')
  })

  it('is refused by sync:check when its manifest drifts, and mended by sync', async () => {
    const path = join(scratch.root, 'packages/ai/alpha/package.json')
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, before.replace('"sideEffects": false', '"sideEffects": true'))

    const drifted = await scratch.run('nx', 'sync:check')
    expect(drifted.code).not.toBe(0)
    expect(drifted.output).toContain('packages/ai/alpha/package.json')

    await succeeds('nx', 'sync')
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('is refused by the API check when its surface grows unseen and undocumented', async () => {
    const path = join(scratch.root, 'packages/ai/alpha/src/index.ts')
    writeFileSync(path, `${readFileSync(path, 'utf8')}export const secret: number = 1\n`)
    await succeeds('nx', 'run', '@nomaly/ai-alpha:build')

    const { code, output } = await scratch.run('node', 'tools/workspace/src/api/check.ts', 'packages/ai/alpha')
    expect(code).toBe(1)
    expect(output).toContain('Missing documentation for "secret"')
    expect(output).toContain('+ export const secret: number')
    expect(output).not.toContain(scratch.root)
  })

  it('is not written over another one', async () => {
    const { code, output } = await scratch.run('nx', 'g', '@nomaly/tool-workspace:package', 'ai', 'alpha')

    expect(code).not.toBe(0)
    expect(output).toContain('packages/ai/alpha exists already')
  })
})

// What `nx g` does, without a process for each package.
function writeInto(root: string, area: PackageOptions['area'], name: string): void {
  const tree = createTree()
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  tree.write('package.json', manifest)
  packageGenerator(tree, { area, name, skipInstall: true })
  for (const { path, content } of tree.listChanges()) {
    if (path === 'package.json' || content === null) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}
