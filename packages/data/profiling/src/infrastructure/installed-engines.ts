import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

/** Versions of the optional packages that engines need; absent where one is not installed. Loads none of them. */
export interface InstalledEngines {
  /** `@duckdb/node-api`, for files. */
  readonly duckdb?: string
  /** `pg`, for Postgres. */
  readonly pg?: string
}

/** What is installed beside this package. */
export function installedEngines(): InstalledEngines {
  const [duckdb, pg] = [versionOf('@duckdb/node-api'), versionOf('pg')]
  return { ...(duckdb === undefined ? {} : { duckdb }), ...(pg === undefined ? {} : { pg }) }
}

// Not by its exports: a package need not give out its manifest.
function versionOf(name: string): string | undefined {
  try {
    const path = findPackageJSON(name, import.meta.url)
    const manifest: unknown = path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'))
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : undefined
  } catch {
    return undefined // not there, or not readable: it cannot be loaded either
  }
}
