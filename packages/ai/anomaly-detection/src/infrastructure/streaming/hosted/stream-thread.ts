import { Worker } from 'node:worker_threads'

import type { EventPublisher } from '../../../application/ports/event-publisher.ts'
import type { StreamHost } from '../../../application/streaming/hosted/stream-host.ts'
import { StreamListeners } from '../../../application/streaming/hosted/stream-listeners.ts'
import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { Refusal, StreamAnswer, StreamCalls, StreamMessage, StreamOrder } from './thread-messages.ts'

/** How hosted streams are opened. */
export interface StreamThreadOptions extends StreamOrder {
  /** Takes their events. */
  readonly events: EventPublisher
  /** MiB of the thread's heap, numbers of models not included, >= 1; default what Node gives. */
  readonly mostHeapMb?: number | undefined
  /** Told of faults that no caller sees. */
  readonly onFault: (error: unknown) => void
}

/** Streams on a thread of their own. */
export interface StreamThread extends StreamHost {
  /** Ends what is under way, keeps where every stream stands, and ends the thread. */
  readonly close: () => Promise<void>
}

/**
 * Opens the streams that are kept in a folder, on a thread: scoring, and keeping a state of many models, takes its time. Where the
 * thread breaks off, as for want of memory, the next call starts another, which goes on from what is kept. Used by one process at a time.
 * @throws AnomalyDetectionError `storage-failed`, `invalid-stream-state`
 */
export async function openStreamThread(options: StreamThreadOptions): Promise<StreamThread> {
  const host = new ThreadHost(options)
  await host.started()
  return host
}

class ThreadHost implements StreamThread {
  readonly #options: StreamThreadOptions
  readonly #listeners = new StreamListeners()
  #thread: Thread
  #isClosing = false

  constructor(options: StreamThreadOptions) {
    this.#options = options
    this.#thread = this.#start()
  }

  started(): Promise<unknown> {
    return this.#thread.started
  }

  readonly create: StreamHost['create'] = (...given) => this.#call('create', given)
  readonly list: StreamHost['list'] = (...given) => this.#call('list', given)
  readonly get: StreamHost['get'] = (...given) => this.#call('get', given)
  readonly remove: StreamHost['remove'] = (...given) => this.#call('remove', given)
  readonly push: StreamHost['push'] = (...given) => this.#call('push', given)
  readonly read: StreamHost['read'] = (...given) => this.#call('read', given)
  readonly onChange: StreamHost['onChange'] = (name, listener) => this.#listeners.add(name, listener)

  readonly close: StreamThread['close'] = async () => {
    if (this.#isClosing) return
    this.#isClosing = true
    await this.#thread.close()
  }

  #call: Thread['call'] = (call, parameters) => {
    if (this.#thread.hasEnded && !this.#isClosing) this.#thread = this.#start()
    return this.#thread.call(call, parameters)
  }

  #start(): Thread {
    return new Thread(this.#options, this.#listeners)
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

class Thread {
  readonly #worker: Worker
  readonly #events: EventPublisher
  readonly #onFault: (error: unknown) => void
  readonly #listeners: StreamListeners
  readonly #waiting = new Map<number, Waiting>()
  readonly started: Promise<unknown>
  #last = 0
  #end: AnomalyDetectionError | undefined
  #isClosing = false

  constructor({ events, onFault, mostHeapMb, ...order }: StreamThreadOptions, listeners: StreamListeners) {
    this.#events = events
    this.#onFault = onFault
    this.#listeners = listeners
    const workerData: StreamOrder = order
    this.#worker = new Worker(new URL('./streaming/worker.js', import.meta.url), {
      workerData,
      execArgv: [],
      ...(mostHeapMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: mostHeapMb } }),
    })
    this.#worker.on('message', (answer: StreamAnswer) => this.#take(answer))
    this.#worker.on('error', (cause: Error) => this.#ended(cause.message, cause))
    this.#worker.on('exit', (code) => this.#ended(`it ended with code ${code}`))
    this.started = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }))
    this.started.catch(() => undefined) // whoever calls hears of it
  }

  get hasEnded(): boolean {
    return this.#end !== undefined
  }

  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#end === undefined) await this.call('close', [])
    await this.#worker.terminate()
  }

  call<K extends keyof StreamCalls>(call: K, parameters: Parameters<StreamCalls[K]>): ReturnType<StreamCalls[K]> {
    const answer = new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end)
        return
      }
      const id = ++this.#last
      this.#waiting.set(id, { resolve, reject })
      this.#tell({ kind: 'call', id, call, parameters })
    })
    return answer as ReturnType<StreamCalls[K]> // what the call of this name answers, see `doCall`
  }

  #take(answer: StreamAnswer): void {
    if (answer.kind === 'changed') this.#listeners.tell(answer.name)
    else if (answer.kind === 'event') void this.#publish(answer)
    else if (answer.kind === 'fault') this.#onFault(errorOf(answer.refusal))
    else {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if (answer.kind === 'done') waiting?.resolve(answer.value)
      else waiting?.reject(errorOf(answer.refusal))
    }
  }

  async #publish({ id, event }: Extract<StreamAnswer, { kind: 'event' }>): Promise<void> {
    const fault = await this.#events.publish(event).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    this.#tell({ kind: 'published', id, fault })
  }

  #ended(reason: string, cause?: unknown): void {
    if (this.#end !== undefined) return
    const message = `the thread of the streams broke off: ${reason}; what was acknowledged is kept, try again`
    this.#end = this.#isClosing
      ? new AnomalyDetectionError('anomaly-detection/stream-closed', 'the streams have ended')
      : new AnomalyDetectionError('anomaly-detection/worker-failed', message, {}, cause)
    if (!this.#isClosing) this.#onFault(this.#end)
    for (const { reject } of this.#waiting.values()) reject(this.#end)
    this.#waiting.clear()
  }

  #tell(message: StreamMessage): void {
    this.#worker.postMessage(message, [])
  }
}

function errorOf({ code, message, details }: Refusal): Error {
  return code === undefined ? new Error(message) : new AnomalyDetectionError(code, message, details)
}
