import { z } from 'zod'

import type { ArtifactEntry, ArtifactStore } from '../../application/ports/artifact-store.ts'
import { MlflowError } from '../../domain/errors.ts'
import { read } from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { orUndefined } from './remote-search.ts'

const listing = z.object({
  files: z
    .array(z.object({ path: z.string(), is_dir: z.boolean().default(false), file_size: read.whole.optional() }))
    .default([]),
})

/**
 * Artifacts of a remote MLflow that serves them (`--serve-artifacts`, the default). Servers decode names until nothing
 * changes: a name that holds `%41`, say, is kept as `A`.
 */
export function remoteArtifacts(connection: MlflowConnection): ArtifactStore {
  const list = async (path: string): Promise<ReadonlyArray<ArtifactEntry>> => {
    const response = await connection.artifact('GET', '', path === '' ? {} : { path })
    const { files } = listing.parse(await response.json())
    const entries = files.map(({ path: name, is_dir: isFolder, file_size: size }) => ({
      path: path === '' ? name : `${path}/${name}`,
      isFolder,
      ...(isFolder || size === undefined ? {} : { size }),
    }))
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
  }
  const fileAt = async (path: string): Promise<ArtifactEntry | undefined> => {
    const siblings = await list(path.slice(0, Math.max(path.lastIndexOf('/'), 0)))
    return siblings.find((entry) => entry.path === path)
  }
  const filesBelow = async (entry: ArtifactEntry): Promise<number> => {
    if (!entry.isFolder) return 1
    let count = 0
    for (const child of await list(entry.path)) count += await filesBelow(child)
    return count
  }
  return {
    put: async (path, content) => {
      refuseUnsafe(path)
      const counted = new Counted(content)
      await connection.upload(path, counted)
      return { path, isFolder: false, size: counted.size }
    },
    get: async (path) => {
      refuseUnsafe(path)
      const entry = await fileAt(path) // servers differ in what they answer for a folder
      if (entry === undefined || entry.isFolder) return undefined
      const response = await orUndefined(connection.artifact('GET', path))
      if (response === undefined) return undefined
      const length = response.headers.get('content-length')
      return { size: length === null ? (entry.size ?? 0) : Number(length), content: response.body ?? nothing() }
    },
    list: async (path) => {
      if (path !== '') refuseUnsafe(path)
      return list(path)
    },
    remove: async (path) => {
      refuseUnsafe(path)
      const entry = await fileAt(path)
      if (entry === undefined) return 0
      const count = await filesBelow(entry)
      await connection.artifact('DELETE', path)
      return count
    },
  }
}

class Counted implements AsyncIterable<Uint8Array> {
  size = 0
  readonly #content: AsyncIterable<Uint8Array>

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#content = content
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#content) {
      this.size += chunk.length
      if (chunk.length > 0) yield chunk
    }
  }
}

function refuseUnsafe(path: string): void {
  const isUnsafe = path.split('/').some((part) => part === '' || part === '.' || part === '..')
  if (!isUnsafe && !/^[a-z]:|[\\\0]/i.test(path)) return
  throw new MlflowError('mlflow/invalid-argument', 'Invalid path', { field: 'path' })
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
