import type { HostedStreamInfo } from './hosted-stream-info.ts'
import type { SampleBlock, SampleReceipt } from './sample-block.ts'

/** Which results are read. */
export interface ResultsQuery {
  /** Only those behind this number; >= 0. */
  readonly after: number
  /** The most that are answered, >= 1. */
  readonly limit: number
  /** Only anomalies; default all. */
  readonly isAnomaly?: boolean | undefined
}

/** Some results of a stream, in order. */
export interface ResultsPage {
  /** With their numbers, as JSON. */
  readonly items: ReadonlyArray<{ readonly id: number; readonly json: string }>
  /** `after` of what comes next, also later. */
  readonly next: number
  /** The numbers of those that are kept. */
  readonly first: number
  readonly last: number
}

/** Streams that live in a service: they are made, take samples, and give results, by their names. */
export interface StreamHost {
  /**
   * @param input - `StreamingOptions` with a name, untrusted
   * @throws AnomalyDetectionError `invalid-options`, `unknown-detector`, `invalid-parameters`, `stream-exists`,
   *   `too-many-streams`, `storage-failed`
   */
  readonly create: (input: unknown) => Promise<HostedStreamInfo>
  /** By name. */
  readonly list: () => Promise<ReadonlyArray<HostedStreamInfo>>
  /** @throws AnomalyDetectionError `unknown-stream` */
  readonly get: (name: string) => Promise<HostedStreamInfo>
  /** Removes a stream and all that was kept of it. @throws AnomalyDetectionError `unknown-stream`, `storage-failed` */
  readonly remove: (name: string) => Promise<void>
  /**
   * Takes samples; resolves when they are safe. A line that cannot be taken is in the receipt.
   * @throws AnomalyDetectionError `unknown-stream`, `stream-closed`, `storage-failed`, `invalid-stream-state`
   */
  readonly push: (name: string, block: SampleBlock) => Promise<SampleReceipt>
  /**
   * @throws AnomalyDetectionError `unknown-stream`; `results-lost` where what comes after is not kept any more, or was never there:
   *   `details` has `after`, `first` and `last`
   */
  readonly read: (name: string, query: ResultsQuery) => Promise<ResultsPage>
  /** Calls when a stream has new results, or is gone; until the function that it answers is called. */
  readonly onChange: (name: string, listener: () => void) => () => void
}
