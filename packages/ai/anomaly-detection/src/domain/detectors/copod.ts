/**
 * COPOD: as ECOD, but each feature adds the larger of its skew's own tail and the mean of both tails.
 * Source: Z. Li, Y. Zhao, N. Botta, C. Ionescu, X. Hu (2020), COPOD: Copula-Based Outlier Detection, algorithm 1. As in
 * PyOD the maximum is taken feature by feature (the paper takes the maximum of the sums).
 */
import type { Detector } from '../detector.ts'
import { fitTails, scoreTails, type TailState } from '../tails/tail-distribution.ts'

/** COPOD has no parameters. */
export type CopodParameters = Readonly<Record<string, never>>

/**
 * Scores are >= 0 and grow with n: each feature adds between 0 and ln n, twice that where a feature has no skew; a
 * constant feature adds 0. New rows are ranked among the training rows alone (PyOD re-ranks the whole batch).
 */
export const copod: Detector<CopodParameters, TailState> = {
  id: 'copod',
  fit: (x, _parameters, context) => fitTails(x, 'skewed', context.signal),
  score: (state, x, context) => scoreTails(state, x, 'skewed', context?.signal),
}
