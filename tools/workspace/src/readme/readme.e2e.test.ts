import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { run } from '../command.ts'
import { readRooms } from '../rooms.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { blocksOf, commandsOf } from './blocks.ts'

const EXAMPLE = 'examples/quick-start.ts'

const textOf = (path: string): string => readFileSync(join(workspaceRoot, path), 'utf8')

describe.each(readRooms(workspaceRoot).map(({ folder }) => folder))('%s', (folder) => {
  const read = (path: string): string => textOf(join(folder, path))

  it(`shows ${EXAMPLE} in its README, word for word`, () => {
    expect(blocksOf(read('README.md'), 'ts')).toContain(read(EXAMPLE))
  })

  it(`runs ${EXAMPLE}`, { timeout: 60_000 }, async () => {
    const { code, stdout, output } = await run('node', [EXAMPLE], { cwd: join(workspaceRoot, folder) })

    expect(code, output).toBe(0)
    expect(stdout.trim()).not.toBe('')
  })
})

it('runs the programs of the front page', { timeout: 60_000 }, async () => {
  const programs = blocksOf(textOf('README.md'), 'ts')
  expect(programs.length).toBeGreaterThan(0)
  for (const program of programs) {
    const { code, stdout, output } = await run('node', ['--input-type=module-typescript', '--eval', program], {
      cwd: join(workspaceRoot, 'configurations/platform-basic'),
    })
    expect(code, output).toBe(0)
    expect(stdout.trim()).not.toBe('')
  }
})

it.each(['README.md', 'CONTRIBUTING.md'])('%s names scripts and tools that exist', (page) => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'))
  const commands = commandsOf(textOf(page))
  const unknown = commands.filter((command) => {
    const [, kind, name] = /^npx -y pnpm@12 (run|exec) (\S+)/.exec(command) ?? []
    if (kind === 'run') return !(String(name) in manifest.scripts)
    return kind === 'exec' && !existsSync(join(workspaceRoot, 'node_modules/.bin', String(name)))
  })

  expect(commands.length).toBeGreaterThan(0)
  expect(unknown).toEqual([])
})
