/**
 * Where a detector's scores must be made regular first: so that an inlier scores about 0 and the scores are spread about
 * evenly. Source: H.-P. Kriegel, P. Kröger, E. Schubert, A. Zimek (2011), Interpreting and Unifying Outlier Scores, section
 * 4.1. Its baseline regularization max(0, S - base) is the method `regularized`; its linear inversion, S_max - S for scores
 * that are low for anomalies, is what every detector does itself by the sign of its score; its logarithmic inversion stands here.
 */

const ROUNDING = 2 ** -44 // scores that differ by less than this share say nothing, and their logarithms neither

/** What the definition of a score says about its regularity. */
export interface ScoreNature {
  /** What an inlier scores by definition, such as 1 for a ratio of densities; undefined where the definition says nothing. */
  readonly base?: number | undefined
  /**
   * Whether scores are -S with S >= 0 over many orders of magnitude, such as a variance of angles: on a linear scale then only
   * the inliers would be told apart, and all anomalies lie at 0.
   */
  readonly isMinusScale?: boolean | undefined
}

/** A logarithmic inversion: a score -S becomes -ln(S / largest), 0 for the most inlying training row. Plain data. */
export interface LogarithmicInversion {
  /** The largest S of the training rows, > 0. */
  readonly largest: number
  /** Half of the least S above 0 of the training rows: what lies below counts as this, as 0 has no logarithm. */
  readonly least: number
}

/** Learns from training scores, shape (n). Undefined where none is below 0, or all are alike to rounding: nothing to measure by. */
export function inversionOf(scores: Float64Array): LogarithmicInversion | undefined {
  let largest = 0
  let least = Infinity
  let highest = -Infinity
  for (const score of scores) {
    highest = Math.max(highest, score)
    if (score >= 0) continue
    largest = Math.max(largest, -score)
    least = Math.min(least, -score)
  }
  return largest === 0 || highest + largest <= ROUNDING * largest
    ? undefined
    : { largest, least: Math.max(least / 2, Number.MIN_VALUE) }
}

/**
 * Scores after a logarithmic inversion, in their order; equal below the least.
 * @param scores - shape (m), finite
 * @returns shape (m); finite, below 0 where a row lies deeper than every training row
 */
export function inverted({ largest, least }: LogarithmicInversion, scores: Float64Array): Float64Array {
  const origin = Math.log(largest)
  return scores.map((score) => origin - Math.log(Math.max(-score, least)))
}
