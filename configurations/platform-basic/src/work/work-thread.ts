/**
 * Long work on a thread of its own. The first thread stays free to show progress and to hear an interrupt, which Node
 * tells to the first thread only, and only between two turns of its loop.
 */
import { Worker } from 'node:worker_threads'

import type { DetectionWork } from '@nomaly/ai-anomaly-detection/cli'
import type { BasicAnomalyDetectionOptions } from '@nomaly/configuration-anomaly-detection-basic'

import { NomalyError } from '../failure/nomaly-error.ts'
import { type ErrorParts, matricesIn, STOP, type WorkReply, type WorkRequest } from './messages.ts'

/** The work, and an end to it. */
export interface WorkThread {
  readonly work: DetectionWork
  readonly close: () => Promise<void>
}

const PATIENCE_MS = 400

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((detector: string, done: number, total: number) => void) | undefined
}

/**
 * Starts a thread; calls are answered in order. It starts others where `work.threads` says so; they end with it.
 * @param work - how what works there is wired
 * @param signal - ends the thread; what waits for it rejects with `nomaly/interrupted`
 */
export function startWorkThread(work: BasicAnomalyDetectionOptions, signal: AbortSignal): WorkThread {
  const worker = new Worker(new URL('./bin.js', import.meta.url), { workerData: work })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let failure: Error | undefined
  const fail = (error: Error): void => {
    failure ??= error
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  worker.on('message', (reply: WorkReply) => settle(waiting, reply))
  worker.on('error', (cause: Error) => {
    fail(new NomalyError('nomaly/thread-failed', `the work broke off: ${cause.message}`, {}, cause))
  })
  worker.on('exit', () => fail(new NomalyError('nomaly/thread-failed', 'the work ended without a result')))
  let ending: Promise<void> | undefined
  const endOnce = (): Promise<void> => (ending ??= end(worker))
  const stop = (): void => {
    fail(new NomalyError('nomaly/interrupted', 'interrupted', {}, signal.reason))
    void endOnce()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })

  const ask = <T>(method: keyof DetectionWork, args: ReadonlyArray<unknown>, onProgress?: Waiting['onProgress']) =>
    new Promise<T>((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure)
        return
      }
      const request: WorkRequest = { id: ++last, method, args }
      // the thread answers with what the method of the same name does
      waiting.set(request.id, { resolve: resolve as (result: unknown) => void, reject, onProgress })
      worker.postMessage(request, [...matricesIn(args)])
    })
  return {
    work: {
      detect: (...args) => ask('detect', args),
      detectSeries: (...args) => ask('detectSeries', args),
      evaluate: (dataset, labels, { onProgress, ...options }) =>
        ask('evaluate', [dataset, labels, options], onProgress),
      fit: (...args) => ask('fit', args),
      score: (...args) => ask('score', args),
      explain: (...args) => ask('explain', args),
      describe: (...args) => ask('describe', args),
    },
    close: async () => {
      signal.removeEventListener('abort', stop)
      await endOnce()
    },
  }
}

// A thread of its own that runs an ONNX model must not be ended in the middle: that would abort the process. So the thread is
// asked first; one that computes without a pause runs no such model, and does not answer.
async function end(worker: Worker): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS)
    worker.on('message', ({ kind }: WorkReply) => {
      if (kind === 'stopping') clearTimeout(patience)
      if (kind === 'stopped') resolve()
    })
    worker.on('exit', () => resolve())
  })
  worker.postMessage(STOP, [])
  await stopped
  await worker.terminate()
}

function settle(waiting: Map<number, Waiting>, reply: WorkReply): void {
  if (reply.kind === 'stopping' || reply.kind === 'stopped') return
  const call = waiting.get(reply.id)
  if (reply.kind === 'progress') {
    call?.onProgress?.(...reply.args)
    return
  }
  waiting.delete(reply.id)
  if (reply.kind === 'done') call?.resolve(reply.result)
  else call?.reject(errorOf(reply.error))
}

function errorOf({ message, stack, code, details }: ErrorParts): Error {
  const error = new Error(message)
  if (stack !== undefined) error.stack = stack
  return Object.assign(error, code === undefined ? {} : { code, details })
}
