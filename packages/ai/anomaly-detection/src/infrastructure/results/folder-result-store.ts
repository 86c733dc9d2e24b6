import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { KeptResult, ResultStore, ResultWriter } from '../../application/ports/result-store.ts'
import { resultInfoSchema } from '../../application/results/result-info-schema.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Model } from '../../domain/model.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'
import { parseModelFile } from '../model-file.ts'
import {
  COLUMNS,
  FITTED,
  folderOf,
  INFO,
  isAbsent,
  isResultId,
  pickFrom,
  readColumn,
  storageFailed,
  unknownResult,
} from './result-files.ts'
import { writeResult } from './result-writer.ts'

/** Where results are kept. */
export interface FolderResultStoreOptions {
  /** A folder; made when the first result is written. */
  readonly folder: string
  /** Of the program, which is kept with each result. */
  readonly version?: string | undefined
}

/** A store of results in a folder. */
export interface FolderResultStore extends ResultStore {
  /** Removes what earlier processes left half done, but for the ids that are still wanted. */
  readonly sweep: (isWanted?: (id: string) => boolean) => Promise<void>
}

const INCOMING = '.incoming'

/**
 * Keeps each result in a folder of its own: `result.json`, `scores.f64`, `order.u32`, of series `time.f64`, `value.f64`,
 * `expected.f64`, `lower.f64`, `upper.f64` and `entity.u32`, and `fitted.json`, the detector. It is written beside its place and
 * moved there in one step, so that it is seen whole or not at all. Several processes may share the folder. Rejects with
 * `storage-failed` where the folder cannot be read or written.
 */
export function createFolderResultStore({ folder, version }: FolderResultStoreOptions): FolderResultStore {
  const incoming = join(folder, INCOMING)
  const known = new Map<string, ResultInfo>() // what is kept does not change
  const infoOf = async (id: string): Promise<ResultInfo> => {
    const info = await readInfo(folder, id)
    known.set(id, info)
    return info
  }
  return {
    write: async (id, rows = 0) => {
      const target = folderOf(folder, id)
      const place = { id, incoming: join(incoming, id), target, kept: () => infoOf(id) }
      const writer = await writeResult(place, rows)
      const finish: ResultWriter['finish'] = async (draft, fitted) => {
        const info = await writer.finish({ ...draft, ...(version !== undefined && { version }) }, fitted)
        await syncFolder(folder)
        return info
      }
      return { ...writer, finish }
    },
    open: async (id) => keptResult(folderOf(folder, id), await infoOf(id)),
    list: async () => {
      const ids = await namesIn(folder)
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id)
      const found = await Promise.all(ids.map(async (id) => known.get(id) ?? infoOf(id).catch(absent)))
      return found
        .filter((info) => info !== undefined)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    },
    remove: async (id) => {
      await infoOf(id)
      known.delete(id)
      const leaving = join(incoming, `removed-${randomUUID()}`) // out of the list at once, gone when it is gone
      try {
        await mkdir(incoming, { recursive: true })
        await rename(folderOf(folder, id), leaving)
        await rm(leaving, { recursive: true, force: true })
      } catch (error) {
        throw isAbsent(error) ? unknownResult(id, error) : storageFailed(`result ${id}`, error)
      }
    },
    sweep: async (isWanted = () => false) => {
      try {
        for (const name of await namesIn(incoming)) {
          if (!isWanted(name)) await rm(join(incoming, name), { recursive: true, force: true })
        }
      } catch (error) {
        throw AnomalyDetectionError.is(error) ? error : storageFailed(incoming, error)
      }
    },
  }
}

function keptResult(folder: string, info: ResultInfo): KeptResult {
  const { id, rows } = info
  const inOurTerms = (error: unknown): never => {
    throw isAbsent(error) ? unknownResult(id, error) : storageFailed(`result ${id}`, error)
  }
  return {
    info,
    read: async (column, start, count) => {
      const span = { start, count: Math.max(0, Math.min(count, rows - start)) }
      const [found] = await readColumn(folder, column, [span]).catch(inOurTerms)
      if (found === undefined || found.length < span.count) throw corrupt(id, `${COLUMNS[column].file} is cut short`)
      return found
    },
    pick: (column, wanted) => pickFrom(folder, column, wanted).catch(inOurTerms),
    fitted: () => readFitted(join(folder, FITTED)),
  }
}

async function readFitted(path: string): Promise<Model | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw storageFailed(path, error)
  })
  return text === undefined ? undefined : parseModelFile(text, path)
}

async function readInfo(folder: string, id: string): Promise<ResultInfo> {
  const path = join(folderOf(folder, id), INFO)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw isAbsent(error) ? unknownResult(id, error) : storageFailed(`result ${id}`, error)
  })
  const parsed = resultInfoSchema.safeParse(jsonOf(text))
  if (!parsed.success) throw corrupt(id, `${INFO} is no record of a result; remove its folder`)
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // which is no record either: the caller says so
  }
}

async function namesIn(folder: string): Promise<ReadonlyArray<string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return []
    throw storageFailed(folder, error)
  })
  return entries.filter((entry) => entry.isDirectory() && isResultId(entry.name)).map(({ name }) => name)
}

// Removed while the folder was read.
function absent(error: unknown): undefined {
  if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/unknown-result') return undefined
  throw error
}

function corrupt(id: string, reason: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/corrupt-result', `result ${id}: ${reason}`, { id })
}

// The name of what was moved is in the folder, which has a cache of its own; Windows has no such call and needs none.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
