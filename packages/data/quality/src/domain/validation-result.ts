import type { Expectation, Severity } from './expectation.ts'
import type { Power } from './power.ts'

/** How much a result carries. Great Expectations' levels. */
export type ResultFormat = 'BOOLEAN_ONLY' | 'BASIC' | 'SUMMARY' | 'COMPLETE'

/** A value of a cell as results show it: bigint and exact decimals as text, times as ISO 8601 text. */
export type CellValue = string | number | boolean | null

/** What was found. Members are present as the kind of expectation and the result format say; Great Expectations' own. */
export interface ExpectationFindings {
  readonly elementCount?: number
  readonly missingCount?: number
  /** 0 to 100. */
  readonly missingPercent?: number | null
  readonly unexpectedCount?: number
  /** 0 to 100, of the values that are not missing; null when there are none. */
  readonly unexpectedPercent?: number | null
  /** 0 to 100, of all. */
  readonly unexpectedPercentTotal?: number | null
  /** The same as `unexpectedPercent`. */
  readonly unexpectedPercentNonmissing?: number | null
  /** At most the first 20 in row order; pairs and tuples of columns as records. */
  readonly partialUnexpectedList?: ReadonlyArray<unknown>
  readonly partialUnexpectedCounts?: ReadonlyArray<{ readonly value: unknown; readonly count: number }>
  readonly partialUnexpectedIndexList?: ReadonlyArray<unknown>
  readonly unexpectedList?: ReadonlyArray<unknown>
  readonly unexpectedIndexList?: ReadonlyArray<unknown>
  /** The predicate, as text the engine understands, that selects the failing rows. */
  readonly unexpectedIndexQuery?: string
  readonly observedValue?: unknown
  readonly details?: Readonly<Record<string, unknown>>
}

/** The outcome of one expectation. */
export interface ExpectationResult {
  readonly expectation: Expectation
  readonly severity: Severity
  readonly success: boolean
  readonly result: ExpectationFindings
  /** Present when the expectation could not be evaluated: then `success` is false and `result` empty. */
  readonly exception?: { readonly code: string; readonly message: string }
  /** Says when there are too few rows to conclude; see the page on power. */
  readonly power?: Power
}

/** The outcome of a suite. */
export interface ValidationResult {
  readonly suite: string
  readonly source: string
  readonly engine: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly durationMs: number
  readonly rows: number
  readonly success: boolean
  readonly statistics: {
    readonly evaluated: number
    readonly successful: number
    readonly unsuccessful: number
    /** 0 to 100; null for an empty suite. */
    readonly successPercent: number | null
  }
  readonly results: ReadonlyArray<ExpectationResult>
}
