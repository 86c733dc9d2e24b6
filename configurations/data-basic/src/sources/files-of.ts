import { access, glob } from 'node:fs/promises'

import { BasicDataConfigurationError } from '../options.ts'

/**
 * The files that paths and globs stand for: a name with a star that is no file stands for those that fit it, sorted.
 * @throws BasicDataConfigurationError `configuration-data-basic/invalid-source` where none fits
 */
export async function filesOf(paths: ReadonlyArray<string>): Promise<ReadonlyArray<string>> {
  const all: Array<string> = []
  for (const path of paths) {
    const found = /[*?[]/.test(path) && !(await isThere(path)) ? await matching(path) : [path]
    if (found.length === 0)
      throw new BasicDataConfigurationError('configuration-data-basic/invalid-source', `no file fits ${path}`, { path })
    all.push(...found)
  }
  return all
}

async function matching(pattern: string): Promise<ReadonlyArray<string>> {
  const found: Array<string> = []
  for await (const path of glob(pattern)) found.push(path)
  return found.sort()
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
