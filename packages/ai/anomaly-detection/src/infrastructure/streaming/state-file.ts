import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { AnomalyDetectionError } from '../../domain/errors.ts'

/** A file that holds a state. */
export interface StateFile {
  /** What was saved last; undefined where there is none. @throws AnomalyDetectionError `storage-failed`, `invalid-stream-state` */
  readonly load: () => Promise<unknown>
  /** Replaces it as a whole: after a crash there is the old or the new one. @throws AnomalyDetectionError `storage-failed` */
  readonly save: (state: unknown) => Promise<void>
}

/** A state as JSON in a file, written beside its place, flushed, and put there in one step. */
export function stateFile(path: string): StateFile {
  return {
    load: async () => {
      const text = await readFile(path, 'utf8').catch((cause: unknown) => {
        if (codeOf(cause) === 'ENOENT') return undefined
        throw failed(`${path} cannot be read`, path, cause)
      })
      return text === undefined ? undefined : parsed(text, path)
    },
    save: async (state) => {
      const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
      try {
        await writeFlushed(temporary, JSON.stringify(state))
        await rename(temporary, path)
        await flushFolder(dirname(path))
      } catch (cause) {
        await rm(temporary, { force: true })
        throw failed(`${path} cannot be written`, path, cause)
      }
    },
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes new names in a folder as lasting as the files; not every system can open one. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  if (folder === undefined) return
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-stream-state',
      `${path} is no state of a stream: it is no JSON`,
      { path },
      cause,
    )
  }
}

function failed(message: string, path: string, cause: unknown): AnomalyDetectionError {
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  return new AnomalyDetectionError('anomaly-detection/storage-failed', `${message}${reason}`, { path }, cause)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
