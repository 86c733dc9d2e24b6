/**
 * Autoencoder: a small network learns to write each row anew through a narrow waist; rows it writes badly are anomalous.
 * Sources: M. Sakurada, T. Yairi (2014), Anomaly Detection Using Autoencoders with Nonlinear Dimensionality Reduction;
 * C. Aggarwal (2015), Outlier Analysis, section 3.6. Activation, optimizer and its defaults as in PyOD 3's AutoEncoder.
 * Unlike it the waist is narrower than the rows unless asked otherwise (PyOD's 32 can write down any row of fewer
 * features), there is no batch normalization and no dropout, and each epoch leaves out the rows written worst so far, so
 * that outliers do not teach the network to write them: the trimming of P. Rousseeuw (1984), Least Median of Squares.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, FitContext } from '../detector.ts'
import { columnMomentsOf } from '../linear-algebra/column-moments.ts'
import type { Matrix } from '../matrix.ts'
import { createActivations, createNetwork, type DenseNetwork, feedForward, train } from '../neural/dense-network.ts'
import { argsort } from '../numeric/argsort.ts'
import { standardNormal } from '../numeric/standard-normal.ts'

const WIDTH = 64
const FURTHEST = 1e6 // standard deviations: further out is all the same, and stays finite on its way
const ROWS_PER_LOOK = 256

/** How the network is made and trained. */
export interface AutoEncoderParameters {
  /** Widths of the encoder's layers, the last is the waist; the decoder mirrors them. Null (default): 64, then d / 3. */
  readonly hiddenNeuronList: ReadonlyArray<number> | null
  /** Times each row is seen, an integer >= 1; default 10. */
  readonly epochNum: number
  /** Rows a step, an integer >= 1; default 32. */
  readonly batchSize: number
  /** Adam's step, > 0; default 0.001. */
  readonly lr: number
  /** Share of each weight that a step takes off, >= 0; default 1e-5. */
  readonly weightDecay: number
  /** Share of the rows, those written worst, that an epoch leaves out: in [0, 0.5]; default 0.1. */
  readonly trim: number
}

/** The trained network, and how a row is standardized for it. */
export interface AutoEncoderState extends DenseNetwork {
  readonly columns: number
  /** A feature x becomes (x * factor - mean) / deviation; shapes (columns). */
  readonly factors: Float64Array
  readonly means: Float64Array
  readonly deviations: Float64Array
}

/**
 * Scores are Euclidean distances between a standardized row and what the network makes of it: >= 0, in standard
 * deviations, high is anomalous. Training draws from the seed; the same seed gives the same scores everywhere.
 *
 * Cost: time O(epochs n w), w the number of weights (some 5,000 for 10 features), memory O(n d + w).
 */
export const autoEncoder: Detector<AutoEncoderParameters, AutoEncoderState> = {
  id: 'auto_encoder',
  scoresTrainingRowsAsNew: true,
  fit: (x, parameters, context) => {
    const state = trained(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function trained(x: Matrix, parameters: AutoEncoderParameters, { random, signal }: FitContext): AutoEncoderState {
  throwIfCancelled(signal)
  const { epochNum, batchSize, lr, weightDecay, trim } = parameters
  const hidden = parameters.hiddenNeuronList ?? [WIDTH, Math.max(1, Math.round(x.columns / 3))]
  const sizes = [x.columns, ...hidden, ...hidden.slice(0, -1).toReversed(), x.columns]
  const state = { columns: x.columns, ...columnMomentsOf(x), ...createNetwork(sizes, standardNormal(random)) }
  const rows = new Float64Array(x.data.length)
  for (let row = 0; row < x.rows; row++) standardize(state, x.data, row, rows.subarray(row * x.columns))
  const kept = Math.max(1, Math.ceil((1 - trim) * x.rows))
  train(state, rows, rows, { epochs: epochNum, batchSize, learningRate: lr, weightDecay }, () => {
    const order = argsort(score(state, x, signal)).slice(0, kept)
    shuffle(order, random)
    return order
  })
  return state
}

function score(state: AutoEncoderState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const activations = createActivations(state.sizes)
  const row = activations[0] as Float64Array
  const scores = new Float64Array(x.rows)
  for (let index = 0; index < x.rows; index++) {
    if (index % ROWS_PER_LOOK === 0) throwIfCancelled(signal)
    standardize(state, x.data, index, row)
    const written = feedForward(state, activations)
    let square = 0
    for (let column = 0; column < x.columns; column++) {
      const off = (row[column] as number) - (written[column] as number)
      square += off * off
    }
    scores[index] = Math.sqrt(square)
  }
  return scores
}

function standardize(state: AutoEncoderState, data: Float64Array, row: number, out: Float64Array): void {
  const { columns, factors, means, deviations } = state
  for (let column = 0, at = row * columns; column < columns; column++, at++) {
    const scaled = (data[at] as number) * (factors[column] as number) - (means[column] as number)
    out[column] = Math.max(-FURTHEST, Math.min(scaled / (deviations[column] as number), FURTHEST))
  }
}

// R. Fisher, F. Yates (1938), as R. Durstenfeld (1964).
function shuffle(order: Uint32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const held = order[last] as number
    order[last] = order[pick] as number
    order[pick] = held
  }
}
