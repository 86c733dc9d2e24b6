import type { StreamSample } from '../../application/streaming/sample-reader.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** What is used of an `EventSource`: a browser's own, or that of the npm package `eventsource`. */
export interface EventSourceLike {
  /** 2 once it is closed for good. */
  readonly readyState: number
  readonly addEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void
  readonly removeEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void
  readonly close: () => void
}

/** How the events of a source become samples. */
export interface EventSourceOptions {
  /** Which events; default `message`. */
  readonly event?: string | undefined
  /** Makes a sample of the data of an event; default `JSON.parse`. */
  readonly parse?: ((data: string) => StreamSample) | undefined
  /** The most samples that wait, >= 1; default 10,000. A server sends whether or not anybody is ready. */
  readonly capacity?: number | undefined
  /** What happens to more: the oldest are dropped and counted (default), or the stream fails. */
  readonly overflow?: 'drop' | 'fail' | undefined
}

/** The samples of an event source, the first first. */
export interface EventSourceSamples extends AsyncIterable<StreamSample> {
  /** Samples that gave way because too many waited. */
  readonly dropped: number
}

/**
 * Server-sent events as samples. The source itself connects again when a connection is lost; it is closed when the loop is
 * left. Made once, read once.
 * @throws AnomalyDetectionError (while it is read) `storage-failed` once the source is closed for good, or overflows; what `parse` throws
 */
export function eventSourceSamples(
  source: EventSourceLike,
  { event = 'message', parse = parseJson, capacity = 10_000, overflow = 'drop' }: EventSourceOptions = {},
): EventSourceSamples {
  const waiting: StreamSample[] = []
  let failure: { readonly error: unknown } | undefined
  let wake: (() => void) | undefined
  let dropped = 0
  const fail = (error: unknown): void => {
    failure ??= { error }
    wake?.()
  }
  const onEvent = ({ data }: { readonly data?: unknown }): void => {
    try {
      waiting.push(parse(String(data)))
    } catch (error) {
      return fail(error)
    }
    if (waiting.length > capacity) {
      if (overflow === 'fail') return fail(lost('sends faster than its samples are taken'))
      waiting.shift()
      dropped++
    }
    wake?.()
  }
  const onError = (): void => {
    if (source.readyState === 2) fail(lost('is closed'))
  }
  source.addEventListener(event, onEvent)
  source.addEventListener('error', onError)
  return {
    get dropped() {
      return dropped
    },
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          const next = waiting.shift()
          if (next !== undefined) yield next
          else if (failure !== undefined) throw failure.error
          else await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        source.removeEventListener(event, onEvent)
        source.removeEventListener('error', onError)
        source.close()
      }
    },
  }
}

function parseJson(data: string): StreamSample {
  return JSON.parse(data) as StreamSample // what it is, the stream checks
}

function lost(what: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/storage-failed', `the event source ${what}`)
}
