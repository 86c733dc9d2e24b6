import { createHash, randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { MlopsError } from '../../domain/errors.ts'
import { notFound } from '../../domain/refusals.ts'
import type { BlobStore, StagedBlob } from './blob-store.ts'

/** An upload's file older than that belongs to no living process. */
const ABANDONED_MS = 24 * 3_600_000

/**
 * Blobs as files of a folder: `blobs/ab/<sha-256>`. Bytes are written beside it, forced to the disk, and only then
 * renamed, so that a file under `blobs` is always whole.
 */
export function createFileBlobStore(folder: string, durable: boolean): BlobStore {
  const fileOf = (sha256: string): string => join(folder, 'blobs', sha256.slice(0, 2), sha256)
  return {
    stage: (content) => stage(folder, content, fileOf, durable),
    read: (sha256) => readFileOf(fileOf(sha256), sha256),
    remove: (sha256) => rmSync(fileOf(sha256), { force: true }),
    list: () => list(folder),
  }
}

async function stage(
  folder: string,
  content: AsyncIterable<Uint8Array>,
  fileOf: (sha256: string) => string,
  durable: boolean,
): Promise<StagedBlob> {
  const uploads = join(folder, 'uploads')
  const temporary = join(uploads, randomUUID())
  let handle: FileHandle | undefined
  try {
    await mkdir(uploads, { recursive: true })
    handle = await open(temporary, 'wx')
    const { sha256, size } = await pour(content, handle)
    await handle.sync()
    await handle.close()
    return {
      sha256,
      size,
      keep: () => keep(temporary, fileOf(sha256), durable),
      drop: () => rm(temporary, { force: true }),
    }
  } catch (error) {
    await handle?.close()
    await rm(temporary, { force: true })
    throw fileError(error)
  }
}

function keep(temporary: string, target: string, durable: boolean): void {
  const folder = dirname(target)
  mkdirSync(folder, { recursive: true })
  if (existsSync(target)) return rmSync(temporary, { force: true })
  renameSync(temporary, target)
  // A name is on the disk when its folder is; Windows knows no such thing.
  if (!durable || process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

async function pour(
  content: AsyncIterable<Uint8Array>,
  handle: FileHandle,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const part of content) {
    hash.update(part)
    for (let start = 0; start < part.length;) start += (await handle.write(part, start)).bytesWritten
    size += part.length
  }
  return { sha256: hash.digest('hex'), size }
}

async function* readFileOf(file: string, sha256: string): AsyncIterable<Uint8Array> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw notFound('artifact', sha256)
    throw fileError(error)
  }
  yield* handle.createReadStream({ highWaterMark: 256 * 1024 })
}

async function list(folder: string): Promise<ReadonlyArray<string>> {
  for (const upload of await names(join(folder, 'uploads'))) {
    const file = join(folder, 'uploads', upload)
    const found = await stat(file).catch(() => undefined) // it may have been finished meanwhile
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(file, { force: true })
  }
  const blobs: string[] = []
  for (const part of await names(join(folder, 'blobs'))) blobs.push(...(await names(join(folder, 'blobs', part))))
  return blobs
}

async function names(folder: string): Promise<ReadonlyArray<string>> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw fileError(error)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

// What breaks off in the caller's stream is the caller's error; only the file system's are ours.
function fileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || MlopsError.is(error)) return error
  const reason = hasCode(error, 'ENOSPC') ? 'the disk is full' : error.message
  return new MlopsError('mlops/storage-failed', `nothing was stored: ${reason}`, { retryable: false }, error)
}
