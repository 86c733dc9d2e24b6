/** How lines hold samples: JSON values, or fields below a header. */
export type SampleFormat = 'jsonl' | 'csv' | 'tsv'

/** What a line holds, or why it cannot be read. */
export type ReadSample =
  | { readonly line: number; readonly sample: number | ReadonlyArray<number> | Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly fault: string }

/** Where reading goes on. */
export interface SamplePosition {
  /** Bytes of the source that were read into samples. */
  readonly bytes: number
  /** Lines of them. */
  readonly line: number
  /** The names of the header, once it was read. */
  readonly header: ReadonlyArray<string> | null
}

/** Samples that were there at once, and where reading goes on after them. */
export interface SampleBatch {
  readonly samples: ReadonlyArray<ReadSample>
  readonly position: SamplePosition
}

/** What is to be read, and from where on. */
export interface SampleSource {
  /** A file, or `-` for the standard input. */
  readonly path: string
  readonly format: SampleFormat
  readonly from: SamplePosition | undefined
  /** Whether to wait for more at the end of a file. */
  readonly follow: boolean
}

/** Reads samples as they come, no faster than they are asked for. Rejects where the source cannot be read. */
export interface SampleSourceReader {
  readonly read: (source: SampleSource, signal: AbortSignal) => AsyncIterable<SampleBatch>
}
