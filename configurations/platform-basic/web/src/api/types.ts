/** A kept data set. */
export interface Dataset {
  readonly id: string
  readonly name: string
  readonly format: string
  readonly bytes: number
  readonly sha256: string
  readonly rows: number
  readonly columns: ReadonlyArray<{ readonly name: string; readonly kind: 'number' | 'text' }>
  readonly createdAt: number
}

/** A row of a data set; missing values are null. */
export type Row = Readonly<Record<string, number | string | null>>

/** A row above the threshold. */
export interface Anomaly {
  readonly index: number
  readonly score: number
  readonly features: ReadonlyArray<{ readonly feature: string; readonly value: number; readonly deviation: number }>
}

/** What a detector found. */
export interface Detection {
  readonly id: string
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly threshold: number
  readonly scores: ReadonlyArray<number>
  readonly anomalies: ReadonlyArray<Anomaly>
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Why a row scores as it does. */
export interface Explanation {
  readonly method: string
  readonly contributions?: ReadonlyArray<{
    readonly feature: string
    readonly value: number
    readonly contribution: number
  }>
}

/** A detector of the catalogue. */
export interface Detector {
  readonly id: string
  readonly name: string
  readonly summary: string
}

/** A version of a kept model. */
export interface Model {
  readonly name: string
  readonly version: number
  readonly algorithm: string
  readonly features: ReadonlyArray<string>
  readonly threshold: number
  readonly createdAt: number
}
