import type { Matrix } from './matrix.ts'

/** What a fit needs from outside: randomness (in [0, 1)) and a way to be stopped. */
export interface FitContext {
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
}

/** What a score needs from outside. */
export interface ScoreContext {
  readonly signal?: AbortSignal | undefined
}

/** A learned state and the scores of the rows it was learned from. */
export interface Fit<State> {
  /** Plain data: numbers, strings, arrays, typed arrays. Round-trips through JSON bit for bit. */
  readonly state: State
  /**
   * Scores of the training rows, shape (rows), higher is more anomalous. Neighbour methods leave a row out of its own
   * neighbourhood here, so these may differ from `score(state, trainingRows)`.
   */
  readonly trainingScores: () => Float64Array
}

/**
 * A detector as a pure contract. Higher scores are more anomalous; one finite score per row; the input is never
 * changed; the same parameters, rows and randomness give the same scores on every machine.
 */
export interface Detector<Parameters, State> {
  readonly id: string
  /** @param x - shape (n, d), finite, n >= 1, d >= 1 */
  readonly fit: (x: Matrix, parameters: Parameters, context: FitContext) => Fit<State>
  /** @param x - shape (m, d) with the training data's d and feature order. @returns shape (m) */
  readonly score: (state: State, x: Matrix, context?: ScoreContext) => Float64Array
}
