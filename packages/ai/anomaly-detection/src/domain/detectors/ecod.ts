/**
 * ECOD: how far out in the tails of each feature's empirical distribution a row lies, summed over the features.
 * Source: Z. Li, Y. Zhao, X. Hu, N. Botta, C. Ionescu, G. Chen (2022), ECOD: Unsupervised Outlier Detection Using
 * Empirical Cumulative Distribution Functions, algorithm 1. As in PyOD the score is the sum over features of the
 * largest of the three tail scores (the paper takes the largest of the three sums).
 */
import type { Detector } from '../detector.ts'
import { fitTails, scoreTails, type TailState } from '../tails/tail-distribution.ts'

/** ECOD has no parameters. */
export type EcodParameters = Readonly<Record<string, never>>

/**
 * Scores are >= 0 and grow with n: each feature adds between 0 and ln n (for a new row beyond every training value
 * ln(n + 1)), twice that where a feature has no skew. A constant feature adds 0. New rows are ranked among the training
 * rows alone, so that a row's score does not depend on the rows it comes with (PyOD re-ranks the whole batch).
 */
export const ecod: Detector<EcodParameters, TailState> = {
  id: 'ecod',
  fit: (x, _parameters, context) => fitTails(x, 'largest', context.signal),
  score: (state, x, context) => scoreTails(state, x, 'largest', context?.signal),
}
