import { join } from 'node:path'

import { createFolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import type { DatasetStore } from '@nomaly/integration-files'
import { type HandledType, type JobThreads, SqliteError } from '@nomaly/integration-sqlite'

import { jobInputs, type JobKindName, type ThreadJob } from './job-inputs.ts'

/** Handlers of all kinds of jobs, on threads: they may compute for long. */
export function jobHandlers({
  threads,
  datasets,
  dataPath,
}: {
  readonly threads: JobThreads
  readonly datasets: Pick<DatasetStore, 'get' | 'pathOf'>
  readonly dataPath: string
}): Readonly<Record<string, HandledType>> {
  const file = new URL('./worker.js', import.meta.url)
  const halfDone = createFolderResultStore({ folder: join(dataPath, 'results') })
  const handlerOf = (kind: JobKindName): HandledType => {
    const onThread = threads.handler(file, `${kind}Job`)
    return {
      handle: async (given, context) => {
        const input = jobInputs[kind].parse(given)
        const { id, name, sha256, format, rows } = await datasets.get(input.dataset).catch(refuse)
        const path = await datasets.pathOf(input.dataset)
        const work: ThreadJob = { dataPath, dataset: { id, name, sha256 }, file: { path, format }, rows, input }
        try {
          return await onThread(work, context)
        } catch (error) {
          if (reasonOf(context.signal) === 'cancelled') await halfDone.sweep((one) => one !== context.id)
          return asThrown(error, { path, name })
        }
      },
    }
  }
  return Object.fromEntries(
    Object.keys(jobInputs).map((kind) => [kind, handlerOf(kind as JobKindName)]), // the keys of jobInputs
  )
}

// A cancelled job is not gone on with, as one is whose process ends.
function reasonOf({ reason }: AbortSignal): unknown {
  return SqliteError.is(reason) ? reason.details['reason'] : undefined
}

/** Trying again would not help. */
export function refuse(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const message = cause instanceof Error ? cause.message : String(cause)
  throw Object.assign(new Error(message, { cause }), { code, details: { retryable: false } })
}

// What was thrown on the thread comes with its code among the details. Whoever asks knows the name; the path is nobody's business.
function asThrown(error: unknown, { path, name }: { readonly path: string; readonly name: string }): never {
  const details = error instanceof Error && 'details' in error ? error.details : undefined
  if (!(error instanceof Error) || typeof details !== 'object' || details === null) throw error
  if (!('code' in details) || typeof details.code !== 'string') throw error
  const message = error.message.replaceAll(path, name)
  throw Object.assign(new Error(message, { cause: error }), { code: details.code, details })
}
