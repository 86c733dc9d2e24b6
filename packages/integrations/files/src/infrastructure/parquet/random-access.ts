import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

import { throwIfCancelled } from '../../application/cancellation.ts'
import { errorAt } from '../../domain/place.ts'
import { fileError } from '../bytes/byte-source.ts'

/** Bytes that can be read from anywhere, in the form hyparquet asks for. */
export interface RandomAccess {
  readonly byteLength: number
  readonly slice: (start: number, end?: number) => Promise<ArrayBuffer>
  readonly close: () => Promise<void>
}

/** @throws FilesError `files/not-found`, `files/unreadable`; from `slice` also `files/cancelled`. */
export async function openRandomAccess(path: string, signal: AbortSignal | undefined): Promise<RandomAccess> {
  try {
    const handle = await open(path)
    const { size } = await handle.stat()
    let closing: Promise<void> | undefined
    return {
      byteLength: size,
      slice: async (start, end = size) => {
        throwIfCancelled(path, signal)
        return readRange(path, handle, start, end)
      },
      close: () => (closing ??= handle.close()),
    }
  } catch (error) {
    throw fileError(path, error)
  }
}

/** Reads a stream whole: Parquet is read from its end, so a stream of it must stay in memory. */
export async function bufferedAccess(
  chunks: AsyncIterable<Uint8Array>,
  close: () => Promise<void>,
): Promise<RandomAccess> {
  const parts: Array<Uint8Array> = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  const bytes = Uint8Array.from(Buffer.concat(parts))
  return {
    byteLength: bytes.length,
    slice: (start, end) => Promise.resolve(bytes.slice(start, end).buffer),
    close,
  }
}

async function readRange(path: string, handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start))
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at).catch((error: unknown) => {
      throw fileError(path, error)
    })
    if (bytesRead === 0) throw errorAt('files/malformed', { path }, 'the file ends before the data it announces')
    at += bytesRead
  }
  return bytes.buffer
}
