import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { StreamSample } from './sample-reader.ts'
import type { StreamCounts } from './stream-counts.ts'
import type { StreamEvents } from './stream-events.ts'
import type { StreamResult } from './stream-result.ts'

/** How a source is run through a stream. */
export interface StreamRunOptions {
  /** Ends the run with `cancelled`. */
  readonly signal?: AbortSignal | undefined
  /**
   * Takes the error of a sample that cannot be read or that the policies refuse, and the run goes on. Default: the run ends
   * with it.
   */
  readonly onRefused?: ((error: AnomalyDetectionError, index: number) => void) | undefined
}

/** What is run: see `AnomalyStream`. */
export interface RunnableStream {
  readonly counts: StreamCounts
  readonly push: (sample: StreamSample) => ReadonlyArray<StreamResult>
  readonly flush: () => ReadonlyArray<StreamResult>
  readonly settled: () => Promise<void>
}

const TURN_MS = 20 // how long samples that are there at once may keep the thread

/** Scores what a source gives, one sample for each that is asked for. */
export async function* runStream(
  stream: RunnableStream,
  source: Iterable<StreamSample> | AsyncIterable<StreamSample>,
  { signal, onRefused }: StreamRunOptions,
  events: StreamEvents | undefined,
): AsyncGenerator<StreamResult, void, undefined> {
  throwIfCancelled(signal)
  const samples = new CancellableSource(source, signal)
  let turnEnds = performance.now() + TURN_MS
  try {
    for (;;) {
      const next = await samples.next()
      events?.throwIfFailed()
      if (next.done === true) break
      yield* scored(stream, next.value, onRefused)
      if (performance.now() < turnEnds) continue
      await new Promise((resolve) => setTimeout(resolve)) // lets timers, input and an abort in
      turnEnds = performance.now() + TURN_MS
    }
    yield* stream.flush()
  } finally {
    await samples.close()
    await stream.settled()
  }
}

function scored(
  stream: RunnableStream,
  sample: StreamSample,
  onRefused: StreamRunOptions['onRefused'],
): ReadonlyArray<StreamResult> {
  try {
    return stream.push(sample)
  } catch (error) {
    if (onRefused === undefined || !isOfSample(error)) throw error
    onRefused(error, stream.counts.received - 1)
    return []
  }
}

const OF_SAMPLE: ReadonlySet<string> = new Set([
  'anomaly-detection/shape-mismatch',
  'anomaly-detection/non-finite',
  'anomaly-detection/missing-value',
  'anomaly-detection/invalid-timestamp',
  'anomaly-detection/late-sample',
  'anomaly-detection/no-numeric-column',
  'anomaly-detection/empty-dataset',
])

/** Whether it was a sample that was refused; other errors are not mended by the next one. */
export function isOfSample(error: unknown): error is AnomalyDetectionError {
  return AnomalyDetectionError.is(error) && OF_SAMPLE.has(error.code)
}

/** Asks a source for one sample after the other, and gives up waiting once the signal is aborted. */
class CancellableSource {
  readonly #iterator: Iterator<StreamSample> | AsyncIterator<StreamSample>
  readonly #signal: AbortSignal | undefined
  #giveUp: ((reason: unknown) => void) | undefined
  #isDone = false

  constructor(source: Iterable<StreamSample> | AsyncIterable<StreamSample>, signal: AbortSignal | undefined) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  async next(): Promise<IteratorResult<StreamSample>> {
    throwIfCancelled(this.#signal)
    const next = this.#iterator.next()
    // not a race with one promise for all: that would hold on to every sample for as long as the signal lives
    const result = next instanceof Promise && this.#signal !== undefined ? await this.#unlessAborted(next) : await next
    this.#isDone = result.done === true
    return result
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort)
    if (this.#isDone) return
    const closing = Promise.resolve(this.#iterator.return?.())
    // a generator that waits for its own input closes when that comes, which may be never
    if (this.#signal?.aborted === true) closing.catch(() => undefined)
    else await closing
  }

  #unlessAborted(next: Promise<IteratorResult<StreamSample>>): Promise<IteratorResult<StreamSample>> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject
      next.then(resolve, reject)
    })
  }

  readonly #abort = (): void => {
    this.#giveUp?.(
      new AnomalyDetectionError('anomaly-detection/cancelled', 'the work was cancelled', {}, this.#signal?.reason),
    )
  }
}
