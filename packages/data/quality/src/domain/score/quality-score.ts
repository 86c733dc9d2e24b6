import type { Severity } from '../expectation.ts'
import type { ExpectationResult, ValidationResult } from '../validation-result.ts'
import { dimensionOf, QUALITY_DIMENSIONS, type QualityDimension } from './dimension.ts'

/** What counts how much. */
export interface ScoreWeights {
  /** Of an expectation within its dimension, by its severity; >= 0. */
  readonly severity: Readonly<Record<Severity, number>>
  /** Of a dimension within the score; >= 0. */
  readonly dimension: Readonly<Record<QualityDimension, number>>
}

/** A critical expectation counts twice as much as a warning, which counts twice as much as a note; dimensions count alike. */
export const SCORE_WEIGHTS: ScoreWeights = {
  severity: { critical: 4, warning: 2, info: 1 },
  dimension: { completeness: 1, validity: 1, uniqueness: 1, consistency: 1, timeliness: 1 },
}

/** One dimension of a score. */
export interface DimensionScore {
  readonly dimension: QualityDimension
  /** 0 to 100, more is better. */
  readonly score: number
  readonly expectations: number
  readonly unmet: number
}

/** How good the data is, as far as its suite tells. */
export interface QualityScore {
  /** 0 to 100, more is better; null where nothing was judged or all of it weighs nothing. */
  readonly score: number | null
  /** Those that the suite judges. */
  readonly dimensions: ReadonlyArray<DimensionScore>
  /** What the score was made with. */
  readonly weights: ScoreWeights
}

/**
 * The quality score. Each expectation has s between 0 and 1: the share of its rows that are as expected, where it judges rows;
 * else 1 when it is met and 0 when it is not; 0 when it could not be evaluated. A dimension's score is
 * 100 x sum(w s) / sum(w) over its expectations, w by severity; the score is the mean of the dimensions' by their weights.
 */
export function scoreOf(validation: ValidationResult, weights: Partial<ScoreWeights> = {}): QualityScore {
  const used: ScoreWeights = { ...SCORE_WEIGHTS, ...weights }
  const dimensions = QUALITY_DIMENSIONS.flatMap((dimension) => {
    const own = validation.results.filter(({ expectation }) => dimensionOf(expectation) === dimension)
    const score = weightedMean(own.map((one) => [used.severity[one.severity], shareOf(one)]))
    if (score === null) return []
    const unmet = own.filter(({ success }) => !success).length
    return [{ dimension, score: 100 * score, expectations: own.length, unmet }]
  })
  const score = weightedMean(dimensions.map(({ dimension, score: one }) => [used.dimension[dimension], one]))
  return { score, dimensions, weights: used }
}

function shareOf({ success, result, exception }: ExpectationResult): number {
  if (exception !== undefined) return 0
  const { unexpectedPercent } = result
  if (typeof unexpectedPercent !== 'number') return success ? 1 : 0
  return Math.min(1, Math.max(0, 1 - unexpectedPercent / 100))
}

function weightedMean(items: ReadonlyArray<readonly [weight: number, value: number]>): number | null {
  const whole = items.reduce((sum, [weight]) => sum + weight, 0)
  return whole > 0 ? items.reduce((sum, [weight, value]) => sum + weight * value, 0) / whole : null
}
