/** How bad an unmet expectation is. Great Expectations' words. */
export type Severity = 'critical' | 'warning' | 'info'

/**
 * One statement about a table, as data. `type` is Great Expectations' name in camelCase
 * (`expectColumnValuesToBeBetween`) or one of ours; `kwargs` are its arguments, also in camelCase (`column`, `minValue`,
 * `mostly`, `rowCondition`, ...), as the catalogue of expectations lists them.
 */
export interface Expectation {
  readonly type: string
  readonly kwargs: Readonly<Record<string, unknown>>
  /** `critical` when absent. */
  readonly severity?: Severity
  /** Free notes; carried into the result. */
  readonly meta?: Readonly<Record<string, unknown>>
  /** A stable name for history and for accepting suggestions one by one; made from type and arguments when absent. */
  readonly id?: string
}

/** A named list of expectations: data, and what `suite.yml` holds. */
export interface Suite {
  readonly name: string
  readonly expectations: ReadonlyArray<Expectation>
  readonly meta?: Readonly<Record<string, unknown>>
}
