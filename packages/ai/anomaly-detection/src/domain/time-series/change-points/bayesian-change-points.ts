/**
 * How long ago a stream changed, as a distribution, one point at a time.
 * Source: R. Adams, D. MacKay (2007), Bayesian Online Changepoint Detection, arXiv 0710.3742, with a normal of unknown mean and
 * variance (K. Murphy (2007), Conjugate Bayesian analysis of the Gaussian distribution).
 */
import { AnomalyDetectionError } from '../../errors.ts'
import { logGamma } from '../../numeric/log-gamma.ts'
import { takeScore } from '../../streaming/sample.ts'
import { StateReader } from '../../streaming/state-reader.ts'
import type { StreamDetectorState } from '../../streaming/stream-detector.ts'

const ID = 'bayesian-change-points'
const NEGLIGIBLE = 1e-12 // run lengths with less probability are forgotten
const MOST_RUNS = 2 ** 20

/** What is believed before the first point. */
export interface BayesianChangePointParameters {
  /** Points between changes on average, > 1; default 250. */
  readonly meanRun: number
  /** Run lengths kept at most, those of the highest probability, >= 10; default 500. */
  readonly runs: number
  /** The mean before anything is seen; default 0. */
  readonly mean: number
  /** How many points that belief is worth, > 0; default 0.01. */
  readonly meanWeight: number
  /** The variance before anything is seen, > 0; default 1. */
  readonly variance: number
  /** How many points that belief is worth, > 0; default 2. */
  readonly varianceWeight: number
}

/** What is known after a point. */
export interface RunLength {
  /** The most probable number of points since the latest change. */
  readonly likely: number
  /** The probability that the latest change came with one of the newest `within` points. */
  readonly changed: number
}

/** Time and memory of a point: O(runs kept). */
export class BayesianChangePoints {
  readonly parameters: BayesianChangePointParameters
  #learned = 0
  /** Run lengths ascending, their probabilities, and the beliefs that belong to each. */
  #lengths: Float64Array = new Float64Array([0])
  #probabilities: Float64Array = new Float64Array([1])
  #means: Float64Array
  #sums: Float64Array

  /** @throws AnomalyDetectionError `invalid-parameters` */
  constructor(parameters: Partial<BayesianChangePointParameters> = {}) {
    const all = { meanRun: 250, runs: 500, mean: 0, meanWeight: 0.01, variance: 1, varianceWeight: 2, ...parameters }
    const isRight =
      all.meanRun > 1 &&
      Number.isInteger(all.runs) &&
      all.runs >= 10 &&
      all.runs <= MOST_RUNS &&
      Number.isFinite(all.mean)
    if (!isRight || !(all.meanWeight > 0) || !(all.variance > 0) || !(all.varianceWeight > 0)) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-parameters',
        'Bayesian change points take meanRun > 1, runs from 10, a finite mean, and weights and a variance above 0',
        { parameters: all },
      )
    }
    this.parameters = all
    this.#means = new Float64Array([all.mean])
    this.#sums = new Float64Array([(all.variance * all.varianceWeight) / 2])
  }

  /** Points taken in. */
  get learned(): number {
    return this.#learned
  }

  /** Probabilities of the run lengths kept, in ascending order of these; they sum to 1. */
  get runLengths(): ReadonlyArray<{ readonly length: number; readonly probability: number }> {
    return Array.from(this.#lengths, (length, at) => ({ length, probability: this.#probabilities[at] as number }))
  }

  /**
   * Takes a point in.
   * @param within - how many of the newest points `changed` is about, >= 1; default 1
   * @throws AnomalyDetectionError `non-finite`, and nothing has changed
   */
  update(point: number, within: number = 1): RunLength {
    const value = takeScore(point)
    const { meanRun, mean, meanWeight, variance, varianceWeight } = this.parameters
    const count = this.#lengths.length
    const grown = new Float64Array(count + 1)
    const means = new Float64Array(count + 1)
    const sums = new Float64Array(count + 1)
    const lengths = new Float64Array(count + 1)
    means[0] = mean
    sums[0] = (variance * varianceWeight) / 2
    const hazard = 1 / meanRun
    const likelihoods = this.#logLikelihoods(value)
    const largest = likelihoods.reduce((most, one) => Math.max(most, one), -Infinity)
    let total = 0
    for (let at = 0; at < count; at++) {
      const length = this.#lengths[at] as number
      const joint = (this.#probabilities[at] as number) * Math.exp((likelihoods[at] as number) - largest)
      grown[at + 1] = joint * (1 - hazard)
      grown[0] = (grown[0] as number) + joint * hazard
      total += joint
      const weight = meanWeight + length
      const off = value - (this.#means[at] as number)
      means[at + 1] = (this.#means[at] as number) + off / (weight + 1)
      sums[at + 1] = (this.#sums[at] as number) + (off * off * weight) / (2 * (weight + 1))
      lengths[at + 1] = length + 1
    }
    this.#keep(
      lengths,
      grown.map((one) => one / total),
      means,
      sums,
    )
    this.#learned++
    return this.#summary(within)
  }

  /** Its whole state, to go on from with the same numbers to the last bit. */
  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      ...this.parameters,
      learned: this.#learned,
      lengths: Array.from(this.#lengths),
      probabilities: Array.from(this.#probabilities),
      means: Array.from(this.#means),
      sums: Array.from(this.#sums),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` where it is not what `toJSON` gives */
  static fromJSON(state: unknown): BayesianChangePoints {
    const reader = StateReader.ofPart(state, ID)
    const made = new BayesianChangePoints({
      meanRun: reader.number('meanRun', 1 + Number.EPSILON),
      runs: reader.integer('runs', 10, MOST_RUNS),
      mean: reader.number('mean'),
      meanWeight: reader.number('meanWeight', Number.MIN_VALUE),
      variance: reader.number('variance', Number.MIN_VALUE),
      varianceWeight: reader.number('varianceWeight', Number.MIN_VALUE),
    })
    made.#learned = reader.integer('learned')
    made.#lengths = reader.numbers('lengths', 1, made.parameters.runs)
    const count = made.#lengths.length
    made.#probabilities = reader.numbers('probabilities', count)
    made.#means = reader.numbers('means', count)
    made.#sums = reader.numbers('sums', count)
    return made
  }

  // Student's t: what a normal whose mean and variance are believed, not known, says of the next value.
  #logLikelihoods(value: number): Float64Array {
    const { meanWeight, varianceWeight } = this.parameters
    return this.#lengths.map((length, at) => {
      const weight = meanWeight + length
      const shape = (varianceWeight + length) / 2
      const scale = ((this.#sums[at] as number) * (weight + 1)) / (shape * weight)
      const off = value - (this.#means[at] as number)
      return (
        logGamma(shape + 0.5) -
        logGamma(shape) -
        0.5 * Math.log(2 * shape * Math.PI * scale) -
        (shape + 0.5) * Math.log1p((off * off) / (2 * shape * scale))
      )
    })
  }

  #keep(lengths: Float64Array, probabilities: Float64Array, means: Float64Array, sums: Float64Array): void {
    let kept = Array.from(probabilities.keys()).filter((at) => at === 0 || (probabilities[at] as number) >= NEGLIGIBLE)
    if (kept.length > this.parameters.runs) {
      const best = kept
        .slice(1)
        .sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number))
        .slice(0, this.parameters.runs - 1)
      kept = [0, ...best.sort((a, b) => a - b)]
    }
    const total = kept.reduce((sum, at) => sum + (probabilities[at] as number), 0)
    this.#lengths = Float64Array.from(kept, (at) => lengths[at] as number)
    this.#probabilities = Float64Array.from(kept, (at) => (probabilities[at] as number) / total)
    this.#means = Float64Array.from(kept, (at) => means[at] as number)
    this.#sums = Float64Array.from(kept, (at) => sums[at] as number)
  }

  #summary(within: number): RunLength {
    let likely = 0
    let most = -1
    let changed = 0
    for (const [at, probability] of this.#probabilities.entries()) {
      const length = this.#lengths[at] as number
      // a run of 0 is a change that comes with the next point, which says nothing of this one
      if (length >= 1 && length <= within) changed += probability
      if (!(probability > most)) continue
      most = probability
      likely = length
    }
    return { likely, changed: Math.min(1, changed) }
  }
}
