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
  /** A JSON Schema of an object. */
  readonly parameters: { readonly properties?: Readonly<Record<string, ParameterSchema>> }
}

/** A parameter of a detector, as JSON Schema tells it. */
export interface ParameterSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: ReadonlyArray<string>
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly anyOf?: ReadonlyArray<ParameterSchema>
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
