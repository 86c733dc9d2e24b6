import { open } from 'node:fs/promises'

import { throwIfCancelled } from '../../application/cancellation.ts'
import { FilesError } from '../../domain/errors.ts'
import { errorAt } from '../../domain/place.ts'

const READ_SIZE = 262_144

/**
 * The bytes of a file from its beginning, as they arrive. A chunk holds until the next one is asked for: its memory is then
 * used again, so whoever keeps bytes must copy them. `close` ends the reading and may be called at any time.
 */
export interface ByteSource {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly close: () => Promise<void>
}

/**
 * @param start - the first byte to read
 * @throws FilesError `files/not-found`, `files/unreadable`; later, from `chunks`, also `files/cancelled`.
 */
export async function openFileBytes(path: string, signal: AbortSignal | undefined, start = 0): Promise<ByteSource> {
  try {
    const handle = await open(path)
    const chunks = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      const buffer = Buffer.allocUnsafeSlow(READ_SIZE)
      for (let at = start; ;) {
        throwIfCancelled(path, signal)
        // a pipe has no places, and is read from where it stands
        const { bytesRead } = await handle.read(buffer, 0, READ_SIZE, start === 0 ? null : at)
        if (bytesRead === 0) return
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    }
    let closing: Promise<void> | undefined
    return { chunks: explained(path, chunks()), close: () => (closing ??= handle.close()) }
  } catch (error) {
    throw fileError(path, error)
  }
}

/** The bytes of a stream, the standard input for one. */
export function streamBytes(
  path: string,
  stream: AsyncIterable<Uint8Array | string>,
  signal: AbortSignal | undefined,
): ByteSource {
  const iterator = stream[Symbol.asyncIterator]()
  const chunks = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      throwIfCancelled(path, signal)
      const next = await orCancelled(iterator.next(), path, signal)
      if (next.done === true) return
      yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value
    }
  }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    // A read that never answers would hold up return(), which waits its turn behind it: a stream is destroyed instead.
    if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy()
    else await iterator.return?.()
  }
  return { chunks: explained(path, chunks()), close: () => (closing ??= close()) }
}

/** The package's error for what the file system answered. */
export function fileError(path: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return errorAt('files/not-found', { path }, 'there is no such file; check the path', { retryable: false }, error)
  }
  const reasons: Readonly<Record<string, string>> = {
    EISDIR: 'it is a folder; name a file in it',
    EACCES: 'reading it is not permitted; check its permissions',
    EPERM: 'reading it is not permitted; check its permissions',
    EMFILE: 'too many files are open; try again',
  }
  const reason = reasons[code] ?? `it cannot be read (${code === '' ? String(error) : code})`
  return errorAt('files/unreadable', { path }, reason, { retryable: code === 'EMFILE' || code === 'EAGAIN' }, error)
}

async function* explained(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks
  } catch (error) {
    throw FilesError.is(error) ? error : fileError(path, error)
  }
}

async function orCancelled<T>(work: Promise<T>, path: string, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(errorAt('files/cancelled', { path }, 'reading was cancelled', {}, signal.reason))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
