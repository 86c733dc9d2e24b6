import { parentPort, workerData } from 'node:worker_threads'

import { startDetectionWork, type DetectionWork } from '@nomaly/ai-anomaly-detection/cli'
import {
  type BasicAnomalyDetectionOptions,
  createBasicAnomalyDetectionConfiguration,
} from '@nomaly/configuration-anomaly-detection-basic'

import { type ErrorParts, matricesIn, STOP, type WorkReply, type WorkRequest } from './messages.ts'

/** Answers the calls that come to this thread. */
export function serveWork(): void {
  const options: BasicAnomalyDetectionOptions = workerData
  const configuration = createBasicAnomalyDetectionConfiguration(options)
  const services = configuration.createServices()
  const started = startDetectionWork(services)
  const answer = (reply: WorkReply): void => {
    parentPort?.postMessage(reply, reply.kind === 'done' ? [...matricesIn(reply.result)] : [])
  }
  const stop = async (): Promise<void> => {
    answer({ kind: 'stopping' })
    await configuration.close()
    answer({ kind: 'stopped' })
  }
  parentPort?.on('message', (message: WorkRequest | typeof STOP) => {
    if (message === STOP) {
      void stop()
      return
    }
    const { id, method, args } = message
    const onProgress = (...progress: [string, number, number]): void => answer({ id, kind: 'progress', args: progress })
    started
      .then((work) => call(work, method, args, onProgress))
      .then((result) => answer({ id, kind: 'done', result }))
      .catch((error: unknown) => answer({ id, kind: 'failed', error: partsOf(error) }))
  })
}

function call(
  work: DetectionWork,
  method: keyof DetectionWork,
  args: ReadonlyArray<unknown>,
  onProgress: (detector: string, done: number, total: number) => void,
): Promise<unknown> {
  const withProgress = method === 'evaluate' ? [args[0], args[1], { ...(args[2] as object), onProgress }] : args
  const called = work[method] as (...args: ReadonlyArray<unknown>) => Promise<unknown> // the arguments are this method's own: see `startWorkThread`
  return called(...withProgress)
}

function partsOf(error: unknown): ErrorParts {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, code: undefined, details: {} }
  const code = 'code' in error ? String(error.code) : undefined
  const details = 'details' in error ? error.details : {}
  return { message: error.message, stack: error.stack, code, details: JSON.parse(JSON.stringify(details ?? {})) }
}
