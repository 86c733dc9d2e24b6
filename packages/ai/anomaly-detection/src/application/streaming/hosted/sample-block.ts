/** Whole lines of JSON lines that are to be taken. */
export interface SampleBlock {
  /** UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Lines that stood before these in what the client sends. */
  readonly line: number
  /** The number of the first sample in here, from 0: what was taken before is passed over. Default: the next one. */
  readonly from?: number | undefined
}

/** What became of a block, once that is safe. */
export interface SampleReceipt {
  /** Samples taken now. */
  readonly accepted: number
  /** Samples that had been taken before. */
  readonly skipped: number
  /** Lines that were read, blank ones and the faulty one included. */
  readonly lines: number
  /** The numbers of the results that came of it; null where all wait for others, or are left out. */
  readonly first: number | null
  readonly last: number | null
  readonly anomalies: number
  /** The number of the next sample. */
  readonly next: number
  /** Why a line, and all behind it, was not taken. */
  readonly fault?: SampleFault | undefined
}

/** Why a line was not taken. */
export interface SampleFault {
  /** From 1, in what the client sends. */
  readonly line: number
  /** Of an `AnomalyDetectionError`. */
  readonly code: string
  readonly message: string
}
