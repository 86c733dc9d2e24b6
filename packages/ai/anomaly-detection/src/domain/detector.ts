import type { Matrix } from './matrix.ts'
import type { NeighbourIndex } from './neighbours/neighbour-index.ts'
import type { NeighbourSearch, TrainingNeighbours } from './training-neighbours.ts'

/** What a fit needs from outside: randomness (in [0, 1)) and a way to be stopped. */
export interface FitContext {
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
  /** What `Detector.trainingNeighbours` asks for, where it was found before; it must be that of the rows given. */
  readonly neighbours?: TrainingNeighbours | undefined
}

/** What a score needs from outside. */
export interface ScoreContext {
  /** Of the rows that `Detector.searched` names, where it was made before. */
  readonly index?: NeighbourIndex | undefined
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
  /** The neighbours that a fit looks up among its n rows, where it does: they may be found in parts, and given to it. */
  readonly trainingNeighbours?: (parameters: Parameters, rows: number) => NeighbourSearch
  /** The rows among which a score looks for neighbours, where it does. */
  readonly searched?: (state: State) => Matrix
  /** Whether the training rows' scores are those of `score`, to the last bit, so that they may be made in parts. */
  readonly scoresTrainingRowsAsNew?: true
}
