import type { ChangeableFeature } from './changeable-feature.ts'
import type { ScoreRows } from './score-rows.ts'

/** What is searched, and by what. */
export interface CounterfactualSearch {
  /** Shape (d). */
  readonly row: Float64Array
  readonly threshold: number
  readonly features: ReadonlyArray<ChangeableFeature>
  readonly score: ScoreRows
  /** Where the score may change as a number feature moves, ascending; undefined where that is not known. */
  readonly breakpointsOf?: ((column: number) => Float64Array) | undefined
  /** The score with a number feature at each of `values`, where there is a quicker way than to score whole rows. */
  readonly scoreMoves?: ((column: number, values: Float64Array) => Float64Array) | undefined
  /** The lowest score that moving a number feature can give; asked for where many values were tried in vain. */
  readonly lowestScore?: ((column: number) => number) | undefined
  readonly signal?: AbortSignal | undefined
}

/** A value of a feature that makes the row normal. */
export interface NormalValue {
  readonly value: number
  readonly distance: number
}
