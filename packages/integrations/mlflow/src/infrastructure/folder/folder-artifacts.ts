import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ArtifactEntry, ArtifactStore } from '../../application/ports/artifact-store.ts'
import { MlflowError } from '../../domain/errors.ts'

const UPLOADS = '.uploads' // in the root, so that a rename puts a whole file in its place

/**
 * Artifacts as plain files in a folder, as MLflow itself keeps them: for experiments with a `file:` location, whose
 * clients read and write the disk themselves. A symbolic link is followed; who can write the folder can make one.
 * @throws MlflowError `mlflow/invalid-argument` for a path that leaves the folder, `mlflow/storage-failed`
 */
export function folderArtifacts(root: string): ArtifactStore {
  return {
    put: async (path, content) => {
      const file = fileOf(root, path)
      const upload = join(root, UPLOADS, randomUUID())
      try {
        await mkdir(dirname(upload), { recursive: true })
        await pipeline(content, createWriteStream(upload, { flags: 'wx', flush: true }))
        const { size } = await stat(upload)
        await mkdir(dirname(file), { recursive: true })
        await rename(upload, file)
        return { path, isFolder: false, size }
      } catch (error) {
        await rm(upload, { force: true })
        throw storageError(error, path)
      }
    },
    get: async (path) => {
      const file = fileOf(root, path)
      const found = await stat(file).catch(absent)
      if (found === undefined || !found.isFile()) return undefined
      return { size: found.size, content: createReadStream(file) }
    },
    list: (path) => entriesOf(root, path),
    remove: async (path) => {
      const file = fileOf(root, path)
      const count = await filesBelow(root, path)
      await rm(file, { recursive: true, force: true })
      return count
    },
  }
}

async function entriesOf(root: string, path: string): Promise<ReadonlyArray<ArtifactEntry>> {
  const folder = path === '' ? root : fileOf(root, path)
  const names = await readdir(folder).catch(absent)
  const entries: ArtifactEntry[] = []
  for (const name of (names ?? []).sort()) {
    if (path === '' && name === UPLOADS) continue
    const found = await stat(join(folder, name)).catch(absent)
    if (found === undefined) continue // removed since it was listed
    const entry = path === '' ? name : `${path}/${name}`
    entries.push(
      found.isDirectory() ? { path: entry, isFolder: true } : { path: entry, isFolder: false, size: found.size },
    )
  }
  return entries
}

async function filesBelow(root: string, path: string): Promise<number> {
  const found = await stat(fileOf(root, path)).catch(absent)
  if (found === undefined) return 0
  if (!found.isDirectory()) return 1
  let count = 0
  for (const entry of await entriesOf(root, path)) count += await filesBelow(root, entry.path)
  return count
}

function fileOf(root: string, path: string): string {
  const parts = path.split('/')
  const isUnsafe = parts.some((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part))
  if (isUnsafe || parts[0] === UPLOADS || /^[a-z]:/i.test(path))
    throw new MlflowError('mlflow/invalid-argument', 'Invalid path')
  return join(root, ...parts)
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
  throw error
}

const REFUSALS = new Set<unknown>(['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ENAMETOOLONG'])
const FAILURES = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EFBIG'])

function storageError(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (REFUSALS.has(code)) {
    const message = `'${path}' cannot be a file: it or a part of it is a folder, a file or too long`
    return new MlflowError('mlflow/invalid-argument', message, { path }, error)
  }
  if (!FAILURES.has(code)) return error // of the sender, or a fault
  return new MlflowError('mlflow/storage-failed', `'${path}' cannot be written: ${String(code)}`, { path }, error)
}
