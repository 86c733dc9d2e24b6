import type { MethodChoice } from '../../application/explanation/explanation-methods.ts'
import type { ModelChoice } from '../../application/score-with-model.ts'
import type { FailLimit } from './flag-values.ts'
import type { CombinationFlags, DetectorFlags, OutputFlags, ReadingFlags, ThreadFlags } from './flags.ts'
import type { SeriesFlags } from './series-flags.ts'

/** Which rows are printed, and what they mean for the exit code. */
export interface ShownRowsFlags {
  readonly all?: boolean
  readonly top?: number
  readonly failOn?: FailLimit
}

/** The flags of `detect`. */
export interface DetectFlags
  extends ReadingFlags, DetectorFlags, OutputFlags, ShownRowsFlags, ThreadFlags, SeriesFlags {
  readonly standardize?: boolean
  readonly confidence?: boolean
  readonly explain?: MethodChoice
  /** Keep the result, and a copy of the data. */
  readonly keep?: boolean
  /** Write a report of it to this file. */
  readonly report?: string
}

/** The flags of `explain`. */
export interface ExplainFlags extends ReadingFlags, DetectorFlags, OutputFlags, ThreadFlags {
  readonly row?: ReadonlyArray<number>
  readonly top?: number
  readonly method?: MethodChoice
  readonly model?: ModelChoice
  readonly samples?: number
  readonly background?: string
  readonly counterfactual: boolean
  readonly standardize?: boolean
}

/** The flags of `score`. */
export interface ScoreFlags extends ReadingFlags, OutputFlags, ShownRowsFlags, ThreadFlags {
  readonly model: ModelChoice
  readonly threshold?: number
}

/** The flags of `fit`. */
export interface FitFlags extends ReadingFlags, DetectorFlags, OutputFlags, ThreadFlags {
  readonly model: string
  readonly standardize?: boolean
  /** An experiment's name; true without one. */
  readonly track?: string | true
}

/** The flags of `evaluate`. */
export interface EvaluateFlags extends ReadingFlags, OutputFlags, CombinationFlags, ThreadFlags {
  readonly detectors?: ReadonlyArray<string>
  /** A file of labelled windows; the columns that the times of rows and windows are compared by is `time`. */
  readonly windows?: string
  readonly time?: string
  readonly param?: Readonly<Record<string, unknown>>
  readonly seed?: number
  readonly standardize?: boolean
  /** An experiment's name; true without one. */
  readonly track?: string | true
}
