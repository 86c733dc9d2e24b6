import type { ColumnEncoding } from './column-encoding.ts'

/** A fitted detector with what is needed to use it again: which columns it reads, in which order, and where it cuts. */
export interface Model {
  readonly id: string
  readonly name: string
  /** 1 for the first model of this name, then 2, 3, ... */
  readonly version: number
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly features: ReadonlyArray<string>
  /** Text columns that some of the features are made of. */
  readonly encodings: ReadonlyArray<ColumnEncoding>
  /** Rows with a score above this are anomalies. */
  readonly threshold: number
  /** Seed of the fit. */
  readonly seed: number
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** What was measured at the fit, e.g. `rows`, `anomalies`, `fitMs`. */
  readonly metrics: Readonly<Record<string, number>>
  /** The learned state: plain data and typed arrays. */
  readonly state: unknown
}
