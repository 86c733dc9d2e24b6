/** A worker pool over the threads of Node, by the package piscina. */
import type { Piscina } from 'piscina'

import { MOST_THREADS } from '../application/parallel/most-threads.ts'
import type { PartKind, PartOf, ResultOf } from '../application/parallel/work-part.ts'
import type { WorkerPool } from '../application/ports/worker-pool.ts'
import { throwIfCancelled } from '../domain/cancellation.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { PartAnswer, PartMessage } from './part-message.ts'
import { inSharedMemory } from './shared-memory.ts'

const IDLE_MS = 30_000 // a worker that nobody needs for so long gives its memory back

/** How a pool of threads is made. */
export interface WorkerThreadsOptions {
  /** A whole number from 1 to 128; 1 makes a pool that is never asked and starts nothing. */
  readonly threads: number
  /** Rows from which work is shared among the threads, >= 1; default: where that was measured to pay. */
  readonly fewestRows?: number | undefined
}

/** A pool of threads, and an end to it. */
export interface WorkerThreads extends WorkerPool {
  /** Ends the threads; what they still work on rejects with `cancelled`. The pool is used up. */
  readonly close: () => Promise<void>
}

/**
 * Threads for `DetectAnomalies`, `TrainModel`, `ScoreWithModel` and `EvaluateDetectors`. They start with the first work that
 * is worth them, and need the package piscina.
 * @throws AnomalyDetectionError `invalid-options`
 */
export function createWorkerThreads({ threads, fewestRows }: WorkerThreadsOptions): WorkerThreads {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      `${threads} threads asked for: must be a whole number from 1 to ${MOST_THREADS}`,
      { option: 'threads', value: threads },
    )
  }
  const closing = new AbortController()
  let starting: Promise<Piscina> | undefined
  return {
    threads,
    fewestRows,
    run: async (kind, parts, { signal }) => {
      throwIfCancelled(signal)
      throwIfCancelled(closing.signal)
      starting ??= start(threads).catch((error: unknown) => {
        starting = undefined
        throw error
      })
      return runParts(await starting, kind, parts, [closing.signal, ...(signal === undefined ? [] : [signal])])
    },
    close: async () => {
      closing.abort(new Error('the pool of threads was closed'))
      const started = await starting?.catch(() => undefined) // that it did not start, its caller was told
      await started?.destroy()
    },
  }
}

async function start(threads: number): Promise<Piscina> {
  const piscina = await import('piscina').catch((cause: unknown) => {
    throw new AnomalyDetectionError(
      'anomaly-detection/missing-package',
      'more than one thread needs the package piscina: npm install piscina@5, or ask for one thread',
      { package: 'piscina' },
      cause,
    )
  })
  const filename = new URL('./worker.js', import.meta.url).href
  return new piscina.Piscina({
    filename,
    name: 'answerPart',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    execArgv: [], // those of the program, such as --input-type, are about its own first file
  })
}

async function runParts<K extends PartKind>(
  piscina: Piscina,
  kind: K,
  parts: ReadonlyArray<PartOf<K>>,
  signals: ReadonlyArray<AbortSignal>,
): Promise<ReadonlyArray<ResultOf<K>>> {
  const givenUp = new AbortController()
  const signal = AbortSignal.any([givenUp.signal, ...signals])
  const copies = new Map<ArrayBufferView, ArrayBufferView>()
  const runOne = async (part: PartOf<K>): Promise<ResultOf<K>> => {
    const message: PartMessage = { kind, part }
    const answer: PartAnswer = await piscina.run(inSharedMemory(message, copies), { signal })
    if (answer.kind === 'done') return answer.result // of this very kind: `answerPart` does what it is asked
    throw new AnomalyDetectionError(answer.code, answer.message, answer.details)
  }
  let failure: unknown
  const running = parts.map((part) =>
    runOne(part).catch((error: unknown) => {
      failure ??= error
      givenUp.abort()
      return undefined
    }),
  )
  const results = await Promise.all(running) // also those given up: nothing works on after this
  for (const one of signals) throwIfCancelled(one)
  if (failure !== undefined) throw ownError(failure)
  return results as ReadonlyArray<ResultOf<K>> // none failed, so none is undefined
}

function ownError(error: unknown): AnomalyDetectionError {
  if (AnomalyDetectionError.is(error)) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new AnomalyDetectionError('anomaly-detection/worker-failed', `a worker thread failed: ${reason}`, {}, error)
}
