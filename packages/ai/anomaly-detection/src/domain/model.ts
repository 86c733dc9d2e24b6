import type { ColumnEncoding } from './column-encoding.ts'
import type { Normalization } from './normalization.ts'

/** What a normalization learned, as plain JSON data: a value x becomes (x - center) / scale. Shapes (features). */
export interface ModelNormalization extends Pick<Normalization, 'method'> {
  readonly center: ReadonlyArray<number>
  /** Never 0. */
  readonly scale: ReadonlyArray<number>
}

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
  /** How every feature was brought to a common scale before the fit, and is before a score; undefined for not at all. */
  readonly normalization?: ModelNormalization | undefined
  /** Rows with a score above this are anomalies. */
  readonly threshold: number
  /** Seed of the fit. */
  readonly seed: number
  /** Tells training data apart: see `trainingHashOf`. Undefined where there were none, or no `crypto` to make it with. */
  readonly trainingHash?: string | undefined
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** What was measured at the fit, e.g. `rows`, `anomalies`, `fitMs`. */
  readonly metrics: Readonly<Record<string, number>>
  /** The learned state: plain data and typed arrays. */
  readonly state: unknown
}
