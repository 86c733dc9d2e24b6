/** ONNX models in onnxruntime-node, each on a thread of its own: its `run` stops the thread that calls it. */
import { Worker } from 'node:worker_threads'

import { MOST_THREADS } from '../../application/parallel/most-threads.ts'
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../../application/ports/onnx-runtime.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { CLOSE, type SessionAnswer, type SessionMessage, type SessionOrder } from './session-messages.ts'

/** How models are run. */
export interface OnnxThreadsOptions {
  /** Threads that one run is shared among inside onnxruntime, 1 to 128; default 1. */
  readonly threads?: number | undefined
}

/**
 * Runs ONNX models by the package onnxruntime-node, which has to be installed. Each open model has a thread, which keeps the process
 * alive only while it works.
 * @throws AnomalyDetectionError `invalid-options`
 */
export function createOnnxRuntime({ threads = 1 }: OnnxThreadsOptions = {}): OnnxRuntime {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      `${threads} threads asked for: must be a whole number from 1 to ${MOST_THREADS}`,
      { option: 'threads', value: threads },
    )
  }
  return {
    open: async (file, { signal }) => {
      throwIfCancelled(signal)
      const thread = new SessionThread({ file, threads })
      await thread.started(signal)
      return thread
    },
  }
}

interface Waiting {
  readonly resolve: (tensor: OnnxTensor | undefined) => void
  readonly reject: (error: unknown) => void
}

class SessionThread implements OnnxSession {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #exited: Promise<void>
  #last = 0
  #end: AnomalyDetectionError | undefined

  constructor(order: SessionOrder) {
    this.#worker = new Worker(new URL('./onnx/worker.js', import.meta.url), { workerData: order, execArgv: [] })
    this.#exited = new Promise((resolve) => void this.#worker.on('exit', () => resolve()))
    this.#worker.on('message', (answer: SessionAnswer) => this.#settle(answer))
    this.#worker.on('error', (cause: Error) => this.#fail(threadFailure(cause.message, cause)))
    this.#worker.on('exit', (code) => this.#fail(threadFailure(`it ended with code ${code}`)))
  }

  async started(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#answer(0, signal)
    } catch (error) {
      await this.close()
      throw error
    }
  }

  readonly run: OnnxSession['run'] = async (inputs, output, { signal }) => {
    throwIfCancelled(signal)
    if (this.#end !== undefined) throw this.#end
    const id = ++this.#last
    this.#tell({ id, inputs, output })
    const tensor = await this.#answer(id, signal)
    if (tensor !== undefined) return tensor
    throw threadFailure(`it gave nothing for '${output}'`)
  }

  // The thread is not terminated before it has come to the end of its run: see `CLOSE`.
  readonly close: OnnxSession['close'] = async () => {
    this.#fail(new AnomalyDetectionError('anomaly-detection/cancelled', 'the ONNX model was closed'))
    this.#worker.ref()
    this.#tell(CLOSE)
    await this.#exited
  }

  // The thread keeps the process alive as long as somebody waits for it.
  async #answer(id: number, signal: AbortSignal | undefined): Promise<OnnxTensor | undefined> {
    if (this.#end !== undefined) throw this.#end
    const abort = (): void => void this.close()
    signal?.addEventListener('abort', abort, { once: true })
    this.#worker.ref()
    try {
      return await new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    } catch (error) {
      throwIfCancelled(signal)
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0 && this.#end === undefined) this.#worker.unref()
    }
  }

  #tell(message: SessionMessage): void {
    this.#worker.postMessage(message, [])
  }

  #settle(answer: SessionAnswer): void {
    if (answer.kind === 'closed') {
      void this.#worker.terminate()
      return
    }
    const waiting = this.#waiting.get(answer.id)
    if (answer.kind === 'done') waiting?.resolve(answer.tensor)
    else waiting?.reject(new AnomalyDetectionError(answer.code, answer.message, answer.details))
  }

  #fail(error: AnomalyDetectionError): void {
    this.#end ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#end)
  }
}

function threadFailure(reason: string, cause?: unknown): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-failed',
    `the thread of the ONNX model broke off: ${reason}`,
    {},
    cause,
  )
}
