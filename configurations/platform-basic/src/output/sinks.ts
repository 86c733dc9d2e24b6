import { randomUUID } from 'node:crypto'
import { chmod, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { codeOf } from '../failure/exit-codes.ts'
import { NomalyError } from '../failure/nomaly-error.ts'
import type { OutputStream } from '../io.ts'

/** Takes text piece by piece. */
export interface Sink {
  /** Resolves when there is room for more. */
  readonly write: (text: string) => Promise<void>
  readonly close: () => Promise<void>
  /** Leaves no half-written file behind. */
  readonly abandon: () => Promise<void>
}

/** A sink that also takes bytes. */
export interface FileSink extends Sink {
  readonly write: (content: string | Uint8Array) => Promise<void>
}

/** A sink that writes to a stream and leaves it open. */
export function openStream(stream: OutputStream): FileSink {
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === undefined || error === null) resolve()
          else reject(streamError(error))
        })
      }),
    close: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  }
}

/** A sink that puts a whole file in place at its close; what was there before stays until then. */
export async function openFile(path: string): Promise<FileSink> {
  const existing = await stat(path).catch(() => undefined)
  const isSpecial = existing !== undefined && !existing.isFile() // a device or a pipe cannot be replaced
  const target = existing === undefined ? path : await realpath(path)
  const written = isSpecial ? path : join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new NomalyError('nomaly/unwritable-output', `${path} cannot be written: ${reason}`, { path }, cause)
    }
  }
  const handle = await attempt(() => open(written, 'w'))
  return {
    write: (content) => attempt(() => handle.writeFile(content)),
    close: () =>
      attempt(async () => {
        await handle.close()
        if (isSpecial) return
        if (existing !== undefined) await chmod(written, existing.mode)
        await rename(written, target)
      }),
    abandon: async () => {
      await handle.close()
      if (!isSpecial) await rm(written, { force: true })
    },
  }
}

function streamError(cause: Error): NomalyError {
  return codeOf(cause) === 'EPIPE' || codeOf(cause) === 'ERR_STREAM_DESTROYED'
    ? new NomalyError('nomaly/output-closed', 'nobody reads the output any more', {}, cause)
    : new NomalyError('nomaly/unwritable-output', `the output cannot be written: ${cause.message}`, {}, cause)
}
