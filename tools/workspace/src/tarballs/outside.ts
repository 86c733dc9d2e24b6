import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { mustRun } from '../command.ts'
import type { Tarball } from './pack.ts'

/**
 * Makes a user's folder outside the workspace and installs tarballs into it with plain npm.
 * @returns its absolute path
 */
export async function installOutside(parent: string, name: string, tarballs: ReadonlyArray<Tarball>): Promise<string> {
  const folder = join(parent, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'outside', private: true, type: 'module' }))
  const paths = tarballs.map(({ path }) => path)
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...paths], { cwd: folder })
  return folder
}
