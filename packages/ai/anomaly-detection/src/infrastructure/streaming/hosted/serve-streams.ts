import { type MessagePort, parentPort, workerData } from 'node:worker_threads'

import type { EventPublisher } from '../../../application/ports/event-publisher.ts'
import { HostedStreams } from '../../../application/streaming/hosted/hosted-streams.ts'
import { AnomalyDetectionError } from '../../../domain/errors.ts'
import { randomIds } from '../../random-ids.ts'
import { systemClock } from '../../system-clock.ts'
import { createFolderStreamArchive } from './folder-stream-archive.ts'
import type { Refusal, StreamAnswer, StreamCalls, StreamMessage, StreamOrder } from './thread-messages.ts'

/** Hosts the streams that this thread was started for, and answers calls until it is ended. */
export async function serveStreams(): Promise<void> {
  const port = parentPort
  if (port === null) return
  const order: StreamOrder = workerData
  const outbox = new ThreadOutbox(port)
  const { mostStreams, snapshots } = order
  const opening = HostedStreams.open({
    archive: createFolderStreamArchive(order),
    events: outbox,
    clock: systemClock,
    ids: randomIds,
    onFault: (error) => post(port, { kind: 'fault', refusal: refusalOf(error) }),
    onChange: (name) => post(port, { kind: 'changed', name }),
    mostStreams,
    snapshots,
  })
  port.on('message', (message: StreamMessage) => {
    if (message.kind === 'published') outbox.published(message)
    else void answer(port, message.id, async () => doCall(await opening, message))
  })
  await answer(port, 0, async () => void (await opening))
}

function doCall(
  streams: StreamCalls,
  { call, parameters }: Extract<StreamMessage, { kind: 'call' }>,
): Promise<unknown> {
  const work = streams[call].bind(streams) as (...given: ReadonlyArray<unknown>) => Promise<unknown> // given by the same name
  return work(...parameters)
}

async function answer(port: MessagePort, id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    post(port, { kind: 'done', id, value: await work() })
  } catch (error) {
    post(port, { kind: 'refused', id, refusal: refusalOf(error) })
  }
}

/** Hands events to the thread that started this one. */
class ThreadOutbox implements EventPublisher {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, (fault: string | undefined) => void>()
  #last = 0

  constructor(port: MessagePort) {
    this.#port = port
  }

  readonly publish: EventPublisher['publish'] = async (event) => {
    const id = ++this.#last
    const heard = new Promise<string | undefined>((resolve) => this.#waiting.set(id, resolve))
    post(this.#port, { kind: 'event', id, event })
    const fault = await heard
    if (fault !== undefined) throw new Error(`the event ${event.type} could not be handed over: ${fault}`)
  }

  published({ id, fault }: Extract<StreamMessage, { kind: 'published' }>): void {
    this.#waiting.get(id)?.(fault)
    this.#waiting.delete(id)
  }
}

function refusalOf(error: unknown): Refusal {
  if (AnomalyDetectionError.is(error)) return { code: error.code, message: error.message, details: error.details }
  return {
    code: undefined,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    details: {},
  }
}

function post(port: MessagePort, message: StreamAnswer): void {
  port.postMessage(message)
}
