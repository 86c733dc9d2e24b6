import { access, readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { NomalyError } from '../failure/nomaly-error.ts'
import { type NomalyConfig, parseConfig } from './nomaly-config.ts'

const NAMES = ['nomaly.config.ts', 'nomaly.config.json']

/** A configuration file that was read. */
export interface ConfigFile {
  readonly path: string
  readonly folder: string
  readonly config: NomalyConfig
}

/**
 * Reads the configuration file: the one that is named, or one of the usual names where there is one.
 * @throws NomalyError `nomaly/invalid-configuration`
 */
export async function readConfigFile(named: string | undefined, cwd: string): Promise<ConfigFile | undefined> {
  const path = named === undefined ? await firstThere(NAMES.map((name) => resolve(cwd, name))) : resolve(cwd, named)
  if (path === undefined) return undefined
  const content = extname(path) === '.json' ? await readJson(path) : await importDefault(path)
  return { path, folder: dirname(path), config: parseConfig(content, path) }
}

async function firstThere(paths: ReadonlyArray<string>): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return undefined
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

async function importDefault(path: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path).href)
    if (module.default !== undefined) return module.default
  } catch (cause) {
    throw unreadable(path, cause)
  }
  throw new NomalyError(
    'nomaly/invalid-configuration',
    `${path}: there is no default export; write export default { ... }`,
  )
}

function unreadable(path: string, cause: unknown): NomalyError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const isType = cause instanceof Error && 'code' in cause && cause.code === 'ERR_UNKNOWN_FILE_EXTENSION'
  const advice = isType ? ' (Node 22.18 or newer reads TypeScript; or write nomaly.config.json)' : ''
  return new NomalyError('nomaly/invalid-configuration', `${path} cannot be read: ${reason}${advice}`, { path }, cause)
}
