/** What a run stands on: Node, the machine's kind, the packages. */
import { readFile } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import { dirname, join } from 'node:path'

import type { RunObserver } from '../../application/ports/run-observer.ts'

/** Versions that a run was made with. */
export interface PackageVersions {
  readonly node: string
  readonly platform: string
  /** Name and version of the package that runs; absent outside of one. */
  readonly package?: string
  /** Installed version by name, of what the package depends on; `missing` where it is not installed. */
  readonly dependencies: Readonly<Record<string, string>>
}

/**
 * Keeps `environment/packages.json` with each run: see `PackageVersions`. Looks for `package.json` in the folder (the working directory when
 * absent) and above it.
 */
export function packageVersionsObserver(folder: string = process.cwd()): RunObserver {
  return {
    observe: async (run) => {
      const versions = await packageVersions(folder)
      run.setTag('nomaly.node', versions.node)
      await run.logText('environment/packages.json', `${JSON.stringify(versions, undefined, 2)}\n`)
      return undefined
    },
  }
}

/** Reads the versions of the package that the folder is in. */
export async function packageVersions(folder: string): Promise<PackageVersions> {
  const system = { node: process.version, platform: `${platform()} ${release()} ${arch()}` }
  const root = await folderWith(folder, 'package.json')
  const manifest = root === undefined ? undefined : await readManifest(join(root, 'package.json'))
  if (root === undefined || manifest === undefined) return { ...system, dependencies: {} }
  const names = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  }).sort()
  const found = await Promise.all(names.map(async (name) => [name, await installedVersion(root, name)] as const))
  const itself = manifest.name === undefined ? {} : { package: `${manifest.name}@${manifest.version ?? '0.0.0'}` }
  return { ...system, ...itself, dependencies: Object.fromEntries(found) }
}

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

async function installedVersion(folder: string, name: string): Promise<string> {
  const file = join('node_modules', name, 'package.json')
  const root = await folderWith(folder, file)
  return (root === undefined ? undefined : (await readManifest(join(root, file)))?.version) ?? 'missing'
}

async function folderWith(folder: string, file: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await readManifest(join(at, file))) !== undefined) return at
    if (dirname(at) === at) return undefined
  }
}

// Absent, unreadable or no JSON object: there is nothing to say of it.
async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
