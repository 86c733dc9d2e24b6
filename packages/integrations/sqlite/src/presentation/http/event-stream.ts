import type { EventLog, LoggedEvent } from '../../application/ports/event-log.ts'
import type { EventOutbox } from '../../application/ports/event-outbox.ts'

/** Which events a stream tells. */
export interface EventStreamRequest {
  /** The sequence that the reader has seen. */
  readonly after: number
  readonly patterns: ReadonlyArray<string> | undefined
  /** Ends the stream. */
  readonly signal: AbortSignal
  readonly heartbeatMs: number
}

const PART = 500
const LOOK_MS = 1000 // for events of other processes

/** Events as server-sent ones, with their sequence as id, and a comment now and then while there are none. Source: the HTML standard, section 9.2. */
export function eventStream(
  { events, outbox }: { readonly events: EventLog; readonly outbox: Pick<EventOutbox, 'onAppended'> },
  request: EventStreamRequest,
): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  const frames = framesOf(events, outbox, { ...request, signal: AbortSignal.any([request.signal, ending.signal]) })
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await frames.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => ending.abort(),
  })
}

async function* framesOf(
  events: EventLog,
  outbox: Pick<EventOutbox, 'onAppended'>,
  { after, patterns, signal, heartbeatMs }: EventStreamRequest,
): AsyncGenerator<string, void> {
  yield 'retry: 2000\n\n'
  let seen = after
  let told = performance.now()
  while (!signal.aborted) {
    const last = await events.last()
    const page = await events.read({ after: seen, patterns, limit: PART })
    for (const one of page) yield frameOf(one)
    seen = page.at(-1)?.sequence ?? Math.max(seen, last)
    if (page.length > 0) told = performance.now()
    else if (performance.now() - told >= heartbeatMs) {
      told = performance.now()
      yield ': heartbeat\n\n'
    } else await woken(outbox, signal, Math.min(LOOK_MS, heartbeatMs))
  }
}

function frameOf({ sequence, event }: LoggedEvent): string {
  return `id: ${sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

function woken(outbox: Pick<EventOutbox, 'onAppended'>, signal: AbortSignal, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      unlisten()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, mostMs)
    const unlisten = outbox.onAppended(wake)
    signal.addEventListener('abort', wake)
  })
}
