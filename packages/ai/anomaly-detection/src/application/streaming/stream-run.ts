import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { CancellableSource } from './cancellable-source.ts'
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
