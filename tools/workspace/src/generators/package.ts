import type { GeneratorCallback, Tree } from '@nx/devkit'

import { mustRun } from '../command.ts'
import { npmNameOf } from '../rooms.ts'
import { configurationFiles } from './configuration-files.ts'
import { jsonText, keptAlike, tsconfigText } from './house-rules.ts'
import { packageFiles } from './package-files.ts'

const AREAS = ['ai', 'data', 'enterprise', 'integrations', 'configurations'] as const

/** What a new package is asked for with: see package.schema.json. */
export interface PackageOptions {
  readonly area: (typeof AREAS)[number]
  /** Its folder, in kebab-case. */
  readonly name: string
  /** What it answers, in one line. */
  readonly description?: string
  readonly skipInstall?: boolean
}

/**
 * Writes a new package or configuration; afterwards formats, installs, builds, and writes its API report.
 * @throws Error when area or name are not of the house, or the folder is taken
 */
export function packageGenerator(tree: Tree, options: PackageOptions): GeneratorCallback {
  const { area, name } = options
  if (!AREAS.includes(area)) throw new Error(`area is ${area}; it has to be one of ${AREAS.join(', ')}`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`name is ${name}; it has to be kebab-case`)
  const folder = area === 'configurations' ? `configurations/${name}` : `packages/${area}/${name}`
  if (tree.exists(folder)) throw new Error(`${folder} exists already`)

  const npmName = npmNameOf(folder)
  const description = options.description ?? `${titleOf(name)}: say here in one line what it answers`
  const subject = { name, npmName, pascal: pascalOf(name), description }
  const { files, dependencies } = area === 'configurations' ? configurationFiles(subject) : packageFiles(subject)
  const manifest = { name: npmName, version: '0.1.0', description, ...(dependencies && { dependencies }) }
  const root: Readonly<Record<string, unknown>> = JSON.parse(tree.read('package.json', 'utf8') ?? '{}')

  for (const [path, text] of Object.entries(files)) tree.write(`${folder}/${path}`, text)
  tree.write(
    `${folder}/package.json`,
    jsonText(keptAlike(manifest, { folder, hasTesting: false, hasWeb: false, root })),
  )
  tree.write(`${folder}/tsconfig.json`, tsconfigText(folder, 'tsconfig.base.json'))
  tree.write(`${folder}/tsconfig.build.json`, tsconfigText(folder, 'tsconfig.build.base.json'))

  return async () => {
    await mustRun('oxfmt', [folder], { cwd: tree.root })
    if (options.skipInstall === true) return
    await mustRun('pnpm', ['install', '--no-frozen-lockfile'], { cwd: tree.root })
    await mustRun('nx', ['run', `${npmName}:build`], { cwd: tree.root })
    await mustRun('node', ['tools/workspace/src/api/check.ts', '--update', folder], { cwd: tree.root })
  }
}

function pascalOf(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function titleOf(name: string): string {
  return (name[0] ?? '').toUpperCase() + name.slice(1).replaceAll('-', ' ')
}
