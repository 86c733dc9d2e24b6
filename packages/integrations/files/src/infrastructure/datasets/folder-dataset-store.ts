import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { DatasetStore, DatasetUpload } from '../../application/ports/dataset-store.ts'
import type { DatasetInfo } from '../../domain/datasets/dataset-info.ts'
import { FilesError } from '../../domain/errors.ts'
import type { FileTables, TableFormat } from '../../domain/table.ts'
import { withHead } from '../bytes/head.ts'
import { formatOfName, sniffFormat } from '../format.ts'
import { readRecord, writeRecord } from './dataset-record.ts'
import { storageError, writeIncoming } from './incoming-file.ts'

/** What a folder of data sets needs. */
export interface FolderDatasetStoreDeps {
  /** Made when it is not there. */
  readonly folder: string
  /** Another process may be adding to it just now: what is half done is left alone. Default false: it is removed. */
  readonly isShared?: boolean | undefined
  readonly tables: FileTables
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Letters, digits and hyphens, never the same twice. */
  readonly newId: () => string
  /** The most that a file may have; default 2^40. */
  readonly mostBytes?: number | undefined
}

const INCOMING = '.incoming'
const RECORD = 'dataset.json'
const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/

/**
 * A store of data sets in a folder, one folder each: the file as it came, and what is known of it. What an earlier process
 * left half done is removed.
 * @throws FilesError `files/storage-failed` where the folder cannot be made
 */
export async function openFolderDatasetStore(deps: FolderDatasetStoreDeps): Promise<DatasetStore> {
  const incoming = join(deps.folder, INCOMING)
  try {
    if (deps.isShared !== true) await rm(incoming, { recursive: true, force: true })
    await mkdir(incoming, { recursive: true })
  } catch (error) {
    throw storageError(deps.folder, error)
  }
  const reader = readFolderDatasets(deps)
  return {
    ...reader,
    add: (upload) => add(deps, incoming, upload),
    remove: async (id) => {
      await reader.get(id)
      const leaving = join(incoming, `removed-${deps.newId()}`) // out of the list at once, gone when it is gone
      await rename(join(deps.folder, id), leaving).catch((cause: unknown) => Promise.reject(storageError(id, cause)))
      await rm(leaving, { recursive: true, force: true })
    },
  }
}

/** What is kept in such a folder, for a thread or process that adds nothing to it. Touches nothing. */
export function readFolderDatasets({
  folder,
  tables,
}: Pick<FolderDatasetStoreDeps, 'folder' | 'tables'>): Omit<DatasetStore, 'add' | 'remove'> {
  const get = (id: string): Promise<DatasetInfo> => infoOf(folder, id)
  const pathOf = async (id: string): Promise<string> => join(folder, id, fileName(await get(id)))
  return {
    list: () => list(folder),
    get,
    pathOf,
    open: async (id, columns, signal) => {
      const info = await get(id)
      const path = join(folder, id, fileName(info))
      const table = await tables.open({ path, format: info.format, columns, signal }).catch(named(path, info.name))
      const refuse = named(path, info.name)
      return { ...table, batches: { [Symbol.asyncIterator]: () => namedBatches(table.batches, refuse) } }
    },
  }
}

async function add(deps: FolderDatasetStoreDeps, incoming: string, upload: DatasetUpload): Promise<DatasetInfo> {
  const { signal } = upload
  const { name, format, content } = await formatted(upload)
  const id = deps.newId()
  const folder = join(incoming, id)
  await mkdir(folder).catch((cause: unknown) => Promise.reject(storageError(name, cause)))
  try {
    const part = join(folder, 'part')
    const target = { path: part, name, mostBytes: deps.mostBytes ?? 2 ** 40 }
    const written = await writeIncoming(target, content, signal)
    const path = join(folder, fileName({ format, ...written }))
    await rename(part, path)
    const read = await readWhole(deps.tables, { path, name, format }, signal)
    const info: DatasetInfo = { id, name, format, ...written, ...read, createdAt: deps.now() }
    await writeRecord(join(folder, RECORD), info)
    await rename(folder, join(deps.folder, id))
    await syncFolder(deps.folder)
    return info
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw FilesError.is(error) ? error : storageError(name, error)
  }
}

// What neither the name nor whoever sends it tells is told by the first bytes.
async function formatted({
  name,
  format,
  content,
}: DatasetUpload): Promise<
  Required<Pick<DatasetUpload, 'name' | 'format' | 'content'>> & { readonly format: TableFormat }
> {
  const shown = name === '-' ? 'standard input' : name
  const told = format ?? formatOfName(name)
  if (told !== undefined) return { name: shown, format: told, content }
  const { head, chunks } = await withHead(content)
  return { name: shown, format: sniffFormat(name, head), content: chunks }
}

async function readWhole(
  tables: FileTables,
  { path, name, format }: { readonly path: string; readonly name: string; readonly format: TableFormat },
  signal: AbortSignal | undefined,
): Promise<Pick<DatasetInfo, 'rows' | 'columns'>> {
  try {
    const table = await tables.open({ path, format, brief: true, signal })
    let rows = 0
    for await (const batch of table.batches) rows += batch.rows
    return { rows, columns: table.columns.map((column) => ({ name: column.name, kind: column.kind })) }
  } catch (error) {
    return named(path, name)(error)
  }
}

// Whoever sent it knows the name; the path is nobody's business.
function named(path: string, name: string): (error: unknown) => never {
  return (error) => {
    if (!FilesError.is(error)) throw error
    throw new FilesError(error.code, error.message.replaceAll(path, name), { ...error.details, path: name }, error)
  }
}

async function* namedBatches<Batch>(
  batches: AsyncIterable<Batch>,
  refuse: (error: unknown) => never,
): AsyncGenerator<Batch> {
  try {
    yield* batches
  } catch (error) {
    refuse(error)
  }
}

async function list(folder: string): Promise<ReadonlyArray<DatasetInfo>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) =>
    Promise.reject(storageError(folder, cause)),
  )
  const ids = entries.filter((entry) => entry.isDirectory() && ID.test(entry.name)).map(({ name }) => name)
  const found = await Promise.all(ids.map((id) => infoOf(folder, id).catch(absent)))
  return found.filter((info) => info !== undefined).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
}

// Removed while the folder was read.
function absent(error: unknown): undefined {
  if (FilesError.is(error) && error.code === 'files/unknown-dataset') return undefined
  throw error
}

async function infoOf(folder: string, id: string): Promise<DatasetInfo> {
  const unknown = (cause?: unknown): FilesError =>
    new FilesError('files/unknown-dataset', `there is no data set ${JSON.stringify(id.slice(0, 64))}`, { id }, cause)
  if (!ID.test(id)) throw unknown()
  try {
    return await readRecord(join(folder, id, RECORD))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw unknown(error)
    }
    throw FilesError.is(error) ? error : storageError(id, error)
  }
}

const fileName = ({ format, isGzipped }: { readonly format: TableFormat; readonly isGzipped: boolean }): string =>
  `data.${format}${isGzipped ? '.gz' : ''}`

// The name of what was renamed is in the folder, which has a cache of its own; Windows has no such call and needs none.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
