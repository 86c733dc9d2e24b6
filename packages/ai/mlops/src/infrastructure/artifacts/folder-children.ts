import type { ArtifactEntry } from '../../application/ports/artifact-store.ts'
import type { Database } from '../sqlite/database.ts'

/** The files and folders directly in a folder, by path; `''` is the root. */
export function childrenOf(database: Database, path: string): ReadonlyArray<ArtifactEntry> {
  const prefix = path === '' ? '' : `${path}/`
  const files = database
    .sql('SELECT a.name, b.size FROM artifact a JOIN blob b ON b.id = a.blob WHERE a.folder = ? ORDER BY a.name')
    .all(prefix)
    .map((row) => ({ path: `${prefix}${String(row['name'])}`, isFolder: false, size: Number(row['size']) }))
  const folders = foldersIn(database, prefix).map((name) => ({ path: `${prefix}${name}`, isFolder: true }))
  return [...files, ...folders].sort((a, b) => (a.path < b.path ? -1 : 1))
}

// From folder to folder by the index: what lies deeper is stepped over, however much it is.
function foldersIn(database: Database, prefix: string): ReadonlyArray<string> {
  const next = database.sql('SELECT min(folder) AS folder FROM artifact WHERE folder >= ?')
  const found = new Set<string>()
  for (let from = `${prefix}\u0001`; ;) {
    const folder = next.get(from)?.['folder']
    if (typeof folder !== 'string' || !folder.startsWith(prefix)) return [...found]
    const name = folder.slice(prefix.length, folder.indexOf('/', prefix.length))
    found.add(name)
    from = `${prefix}${name}0` // the character after '/'
  }
}
