/**
 * How the two tails of one feature add to a row's score: ECOD takes the larger, COPOD the larger of the skew's own tail
 * and the mean of both. Where a feature has no skew both take the sum.
 */
export type TailRule = 'largest' | 'skewed'

/**
 * What one feature adds to a row's score.
 * @param left - -ln of the share of values at most the row's, >= 0
 * @param right - -ln of the share of values at least the row's, >= 0
 * @param side - the feature's skew: -1, 0 or 1
 */
export type TailScore = (left: number, right: number, side: number) => number

/** The rules as functions. */
export const tailScores: Readonly<Record<TailRule, TailScore>> = { largest: largestTail, skewed: skewedTail }

function largestTail(left: number, right: number, side: number): number {
  if (side === 0) return left + right // never less than either, as both are >= 0
  return left > right ? left : right // the skewed side is one of the two, so it adds nothing to their maximum
}

function skewedTail(left: number, right: number, side: number): number {
  if (side === 0) return left + right
  const skewed = side < 0 ? left : right
  const mean = (left + right) / 2
  return skewed > mean ? skewed : mean
}
