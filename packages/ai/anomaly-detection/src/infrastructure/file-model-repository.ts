import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { link, mkdir, open, readFile, readdir, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

import type { ModelRepository } from '../application/ports/model-repository.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import { checkModelName } from '../domain/model-name.ts'
import type { Model } from '../domain/model.ts'
import { modelFileOf, parseModelFile, parseModelFileSummary } from './model-file.ts'

const KNOWN_MODELS = 16
const ATTEMPTS = 100 // how often a save looks for a free version while others save the same name

/** Where models are kept. */
export interface FileModelRepositoryOptions {
  /** A folder; made when the first model is saved. */
  readonly directory: string
}

/**
 * Keeps each version of a model in a file of its own, `<directory>/<name>/<version>.json`. A file is written beside its
 * place, flushed, and then linked there in one step: a reader sees the whole file or none, also after a crash, and two
 * processes that save the same name get different versions. The models used last stay in memory: a version that is there
 * unchanged is the same object again. Rejects with `storage-failed` where the folder cannot be
 * read or written.
 */
export function createFileModelRepository({ directory }: FileModelRepositoryOptions): ModelRepository {
  const readModel = createModelReader()
  return {
    save: (model) => saveModel(directory, model),
    find: async (name, version) => {
      checkModelName(name)
      const wanted = version ?? (await versionsOf(directory, name)).at(-1)
      if (wanted === undefined) return undefined
      return readModel(pathOf(directory, name, wanted))
    },
    list: async () => {
      const summaries = []
      for (const name of await namesIn(directory)) {
        for (const version of await versionsOf(directory, name)) {
          const path = pathOf(directory, name, version)
          const text = await readIfThere(path)
          if (text !== undefined) summaries.push(parseModelFileSummary(text, path))
        }
      }
      return summaries
    },
    remove: (name, version) => removeModel(directory, name, version),
  }
}

interface KnownModel {
  readonly modifiedMs: number
  readonly size: number
  readonly model: Model
}

/** Reads model files; of those read last, only whether they have changed. */
function createModelReader(): (path: string) => Promise<Model | undefined> {
  const known = new Map<string, KnownModel>() // the one used last at the end
  return async (path) => {
    const found = await statIfThere(path)
    const before = known.get(path)
    known.delete(path)
    if (found === undefined) return undefined
    if (before !== undefined && before.modifiedMs === found.mtimeMs && before.size === found.size) {
      known.set(path, before)
      return before.model
    }
    const text = await readIfThere(path)
    if (text === undefined) return undefined
    const model = parseModelFile(text, path)
    known.set(path, { modifiedMs: found.mtimeMs, size: found.size, model })
    const oldest = known.keys().next().value
    if (known.size > KNOWN_MODELS && oldest !== undefined) known.delete(oldest)
    return model
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw storageFailed(`${path} cannot be read`, error)
  }
}

async function saveModel(directory: string, model: Omit<Model, 'version'>): Promise<Model> {
  checkModelName(model.name)
  const folder = join(directory, model.name)
  try {
    await mkdir(folder, { recursive: true })
    const stored = await saveAsNextVersion(directory, folder, model)
    if (stored !== undefined) return stored
  } catch (cause) {
    throw storageFailed(`model '${model.name}' could not be written to ${folder}`, cause)
  }
  throw storageFailed(`model '${model.name}' found no free version in ${ATTEMPTS} attempts: too many writers`)
}

async function saveAsNextVersion(
  directory: string,
  folder: string,
  model: Omit<Model, 'version'>,
): Promise<Model | undefined> {
  const temporary = join(folder, `.${randomUUID()}.tmp`)
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const stored: Model = { ...model, version: ((await versionsOf(directory, model.name)).at(-1) ?? 0) + 1 }
      await writeFlushed(temporary, modelFileOf(stored))
      if (await linkedInto(temporary, pathOf(directory, model.name, stored.version))) return stored
    }
    return undefined
  } finally {
    await rm(temporary, { force: true })
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

// A hard link fails where the name is taken, which a rename would not.
async function linkedInto(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function removeModel(directory: string, name: string, version: number | undefined): Promise<number> {
  checkModelName(name)
  const versions = (await versionsOf(directory, name)).filter((one) => version === undefined || one === version)
  try {
    for (const one of versions) await unlink(pathOf(directory, name, one))
    if (versions.length > 0 && (await versionsOf(directory, name)).length === 0) await rmdir(join(directory, name))
  } catch (cause) {
    throw storageFailed(`model '${name}' could not be removed from ${directory}`, cause)
  }
  return versions.length
}

function pathOf(directory: string, name: string, version: number): string {
  return join(directory, name, `${version}.json`)
}

async function namesIn(directory: string): Promise<ReadonlyArray<string>> {
  const entries = await entriesOf(directory)
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : 1))
}

async function versionsOf(directory: string, name: string): Promise<ReadonlyArray<number>> {
  const entries = await entriesOf(join(directory, name))
  return entries
    .map((entry) => Number(/^([1-9]\d*)\.json$/.exec(entry.name)?.[1]))
    .filter((version) => Number.isSafeInteger(version))
    .sort((a, b) => a - b)
}

async function entriesOf(folder: string): Promise<Awaited<ReturnType<typeof readFolder>>> {
  try {
    return await readFolder(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw storageFailed(`${folder} cannot be listed`, error)
  }
}

function readFolder(folder: string) {
  return readdir(folder, { withFileTypes: true })
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw storageFailed(`${path} cannot be read`, error)
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function storageFailed(message: string, cause?: unknown): AnomalyDetectionError {
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  return new AnomalyDetectionError('anomaly-detection/storage-failed', `${message}${reason}`, {}, cause)
}
