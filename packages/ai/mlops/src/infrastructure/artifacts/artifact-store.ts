import type { ArtifactEntry, ArtifactStore } from '../../application/ports/artifact-store.ts'
import { checkArtifactPath } from '../../domain/checks/artifact-path.ts'
import { invalidArgument } from '../../domain/refusals.ts'
import type { Database } from '../sqlite/database.ts'
import type { ArtifactContext } from './artifact-context.ts'
import type { StagedBlob } from './blob-store.ts'
import { childrenOf } from './folder-children.ts'
import { sweepBlobs } from './sweep-blobs.ts'

/** Artifacts by path, each different content kept once. */
export function createArtifactStore(context: ArtifactContext): ArtifactStore {
  const { database, blobs } = context
  return {
    put: async (path, content) => {
      checkArtifactPath(path)
      return put(context, path, await blobs.stage(content))
    },
    get: async (path) => {
      checkArtifactPath(path)
      const { folder, name } = splitPath(path)
      const row = await database.read(() => database.sql(FIND).get(folder, name))
      if (row === undefined) return undefined
      return { size: Number(row['size']), content: blobs.read(String(row['sha256'])) }
    },
    list: async (path) => {
      if (path !== '') checkArtifactPath(path)
      return database.read(() => childrenOf(database, path))
    },
    remove: async (path) => {
      checkArtifactPath(path)
      const removed = await database.write(() => removeTree(database, path))
      await sweepBlobs(context, removed)
      return removed.length
    },
  }
}

const FIND = `
  SELECT b.id, b.sha256, b.size FROM artifact a JOIN blob b ON b.id = a.blob WHERE a.folder = ? AND a.name = ?`

async function put(context: ArtifactContext, path: string, staged: StagedBlob): Promise<ArtifactEntry> {
  const { database } = context
  try {
    const replaced = await database.write(() => writeEntry(context, path, staged))
    await sweepBlobs(context, replaced)
    return { path, isFolder: false, size: staged.size }
  } finally {
    await staged.drop()
  }
}

// Answers the blob that was there before, if it was another.
function writeEntry(
  { database, now }: ArtifactContext,
  path: string,
  { sha256, size, keep }: StagedBlob,
): ReadonlyArray<number> {
  const { folder, name } = splitPath(path)
  refuseConflict(database, path)
  const before = database.sql(FIND).get(folder, name)
  database.sql('INSERT INTO blob (sha256, size) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING').run(sha256, size)
  database
    .sql(
      `INSERT INTO artifact (folder, name, blob, stored_at)
       VALUES (?, ?, (SELECT id FROM blob WHERE sha256 = ?), ?)
       ON CONFLICT (folder, name) DO UPDATE SET blob = excluded.blob, stored_at = excluded.stored_at`,
    )
    .run(folder, name, sha256, now())
  keep()
  return before === undefined || before['sha256'] === sha256 ? [] : [Number(before['id'])]
}

// A path is a file or a folder, never both.
function refuseConflict(database: Database, path: string): void {
  const isFolder = database.sql('SELECT 1 FROM artifact WHERE folder >= ? AND folder < ? LIMIT 1')
  if (isFolder.get(`${path}/`, `${path}0`) !== undefined)
    throw invalidArgument('path', `'${path}' is a folder`, { found: path, reason: 'folder' })
  for (let end = path.lastIndexOf('/'); end !== -1; end = path.lastIndexOf('/', end - 1)) {
    const { folder, name } = splitPath(path.slice(0, end))
    if (database.sql(FIND).get(folder, name) !== undefined)
      throw invalidArgument('path', `'${folder}${name}' is a file, not a folder`, { found: path, reason: 'folder' })
  }
}

/** Removes a file or all in a folder from the manifest; answers the blob of each file. Inside a write. */
export function removeTree(database: Database, path: string): ReadonlyArray<number> {
  const { folder, name } = splitPath(path)
  const file = database.sql('DELETE FROM artifact WHERE folder = ? AND name = ? RETURNING blob').all(folder, name)
  // '0' is the character after '/': the folders of the tree are all that lie between.
  const tree = database.sql('DELETE FROM artifact WHERE folder >= ? AND folder < ? RETURNING blob')
  return [...file, ...tree.all(`${path}/`, `${path}0`)].map((row) => Number(row['blob']))
}

function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const end = path.lastIndexOf('/') + 1
  return { folder: path.slice(0, end), name: path.slice(end) }
}
