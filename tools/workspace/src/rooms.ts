import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The part of a package.json that the machinery reads. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, unknown>>
}

/** A publishable folder: a package or a configuration. */
export interface Room {
  /** From the root of the workspace, with forward slashes: `packages/ai/anomaly-detection`. */
  readonly folder: string
  /** The last part of the folder: `anomaly-detection`. */
  readonly shortName: string
  readonly manifest: Manifest
}

/** Every package and configuration below `root`, sorted by folder. */
export function readRooms(root: string): ReadonlyArray<Room> {
  return globSync(['packages/*/*/package.json', 'configurations/*/package.json'], { cwd: root })
    .map((path) => dirname(path).replaceAll('\\', '/'))
    .toSorted()
    .map((folder) => ({
      folder,
      shortName: basename(folder),
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    }))
}

/** The npm name that a folder has by the rule of the house: `packages/ai/x` is `@nomaly/ai-x`. */
export function npmNameOf(folder: string): string {
  if (folder === 'configurations/platform-basic') return 'nomaly'
  const [top, area, name] = folder.split('/')
  if (top === 'configurations' && area !== undefined) return `@nomaly/configuration-${area}`
  if (top !== 'packages' || area === undefined || name === undefined) {
    throw new Error(`${folder} is neither packages/<area>/<name> nor configurations/<name>`)
  }
  return `@nomaly/${area === 'integrations' ? 'integration' : area}-${name}`
}

/** The code entries of the exports map, by subpath (`.`, `./testing`); `./package.json` and the like are left out. */
export function entriesOf({
  exports = {},
}: Manifest): ReadonlyArray<{ subpath: string; source: string; types: string }> {
  return Object.entries(exports).flatMap(([subpath, entry]) => {
    if (typeof entry === 'string') return []
    const built = /^\.\/dist\/(.+)\.js$/.exec(entry.default)?.[1]
    return built === undefined ? [] : [{ subpath, source: `src/${built}.ts`, types: entry.types }]
  })
}

/** The rooms that `room` depends on, itself included, at any depth. */
export function withDependencies(room: Room, rooms: ReadonlyArray<Room>): ReadonlyArray<Room> {
  const found = new Set<Room>([room])
  for (const { manifest } of found) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const dependency = rooms.find((other) => other.manifest.name === name)
      if (dependency !== undefined) found.add(dependency)
    }
  }
  return [...found]
}
