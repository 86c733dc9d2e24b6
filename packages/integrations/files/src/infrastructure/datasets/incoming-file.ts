import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

import { throwIfCancelled } from '../../application/cancellation.ts'
import { errorAt } from '../../domain/place.ts'

/** What was written. */
export interface WrittenFile {
  readonly bytes: number
  readonly sha256: string
  /** Its first two bytes say so. */
  readonly isGzipped: boolean
}

/**
 * Writes a stream to a file that is not there yet, to the disk itself, a chunk at a time: the next one is asked for when the
 * last is written.
 * @param name - what errors call it
 * @throws FilesError `files/too-large`, `files/storage-failed`, `files/cancelled`, `files/unreadable` where the stream fails
 */
export async function writeIncoming(
  { path, name, mostBytes }: { readonly path: string; readonly name: string; readonly mostBytes: number },
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<WrittenFile> {
  const hash = createHash('sha256')
  const first: number[] = []
  let bytes = 0
  const file = await open(path, 'wx').catch((cause: unknown) => Promise.reject(storageError(name, cause)))
  try {
    for await (const chunk of received(name, content)) {
      throwIfCancelled(name, signal)
      bytes += chunk.byteLength
      if (bytes > mostBytes) {
        throw errorAt('files/too-large', { path: name }, `it is larger than the ${mostBytes} bytes that are taken`)
      }
      for (let i = 0; first.length < 2 && i < chunk.byteLength; i++) first.push(chunk[i] as number)
      hash.update(chunk)
      await file.writeFile(chunk).catch((cause: unknown) => Promise.reject(storageError(name, cause)))
    }
    await file.sync().catch((cause: unknown) => Promise.reject(storageError(name, cause)))
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex'), isGzipped: first[0] === 0x1f && first[1] === 0x8b }
}

async function* received(name: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (cause) {
    throw errorAt('files/unreadable', { path: name }, 'it broke off on its way here', { retryable: true }, cause)
  }
}

/** The package's error for what the disk refused. */
export function storageError(name: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  const reason = code === 'ENOSPC' ? 'the disk is full; make room and upload it again' : `it cannot be kept (${code})`
  return errorAt('files/storage-failed', { path: name }, reason, { retryable: code === 'EMFILE' }, cause)
}
