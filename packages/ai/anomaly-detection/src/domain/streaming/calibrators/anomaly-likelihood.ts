/**
 * Anomaly likelihood: how improbable the mean of the last few scores is among the means before it.
 * Source: S. Ahmad, A. Lavin, S. Purdy, Z. Agha (2017), Unsupervised real-time anomaly detection for streaming data,
 * Neurocomputing 262, section 3.2: the upper tail Q of a normal distribution, on a logarithmic scale.
 */
import { upperGamma } from '../../numeric/incomplete-gamma.ts'
import { takeScore } from '../sample.ts'
import type { ScoreCalibrator } from '../score-calibrator.ts'
import { BlockMoments, type BlockMomentsState } from './block-moments.ts'

const LEAST_TAIL = 1e-10 // what is less probable counts as this: the answer is 1 there
const RUN_TAIL = 1e-5 // a score whose forerunner was less probable than this goes on with a run
const TAIL_IN_RUN = 1e-3 // what a score counts as that only goes on with a run
const LEAST_SPREAD = 0.001 // of the mean, for scores that hardly vary

/** What an anomaly likelihood can be told. */
export interface AnomalyLikelihoodParameters {
  /** Scores whose mean is judged; default 10. */
  readonly shortWindow: number
  /** Means that it is judged by; the oldest are forgotten `refitEvery` at a time; default 8000. */
  readonly longWindow: number
  /** After how many scores the distribution is fitted anew; default 100. */
  readonly refitEvery: number
  /** Scores at the start of the stream that are left out of the distribution, as the detector settles; default 65. */
  readonly settling: number
  /** Scores before the first answer, those that are left out included; default 150. */
  readonly warmUp: number
  /** Whether only the first score of a run speaks at full strength, the others at 0.3 at most; default true. */
  readonly firstOfRun: boolean
}

/** The defaults where all are left out. */
export const anomalyLikelihoodDefaults: AnomalyLikelihoodParameters = {
  shortWindow: 10,
  longWindow: 8000,
  refitEvery: 100,
  settling: 65,
  warmUp: 150,
  firstOfRun: true,
}

/** The state of an anomaly likelihood, see `StreamDetectorState`. */
export interface AnomalyLikelihoodState {
  readonly id: 'anomaly-likelihood'
  readonly format: 1
  readonly [field: string]: unknown
  readonly parameters: AnomalyLikelihoodParameters
  readonly learned: number
  /** The last scores, at most `shortWindow`, the oldest first. */
  readonly recent: ReadonlyArray<number>
  readonly history: BlockMomentsState
  readonly mean: number
  readonly sd: number
  readonly inRun: boolean
}

/** Answers are ln(Q + 1e-10) / ln(1e-10): 0.03 at the mean, 0.30 at 3 standard deviations above it, 1 from 6.4 on. */
export class AnomalyLikelihood implements ScoreCalibrator {
  readonly id = 'anomaly-likelihood'
  readonly #parameters: AnomalyLikelihoodParameters
  readonly #recent: Float64Array
  readonly #history: BlockMoments
  #learned: number
  #mean: number
  #sd: number
  #inRun: boolean

  constructor(parameters: AnomalyLikelihoodParameters, from?: AnomalyLikelihoodState) {
    const { shortWindow, longWindow, refitEvery } = parameters
    this.#parameters = parameters
    this.#learned = from?.learned ?? 0
    this.#recent = new Float64Array(shortWindow)
    const { recent = [] } = from ?? {}
    for (const [age, score] of recent.toReversed().entries())
      this.#recent[this.#placeOf(this.#learned - 1 - age)] = score
    this.#history = new BlockMoments(refitEvery, Math.ceil(longWindow / refitEvery), from?.history)
    this.#mean = from?.mean ?? 0
    this.#sd = from?.sd ?? 0
    this.#inRun = from?.inRun ?? false
  }

  static fromJSON(state: AnomalyLikelihoodState): AnomalyLikelihood {
    return new AnomalyLikelihood(state.parameters, state)
  }

  get isReady(): boolean {
    return this.#learned >= this.#parameters.warmUp
  }

  calibrateOne(score: number): number {
    const taken = takeScore(score)
    return this.isReady ? this.#answer(this.#tail(this.#shortMean(taken))) : 0
  }

  learnOne(score: number): void {
    this.calibrateThenLearn(score)
  }

  calibrateThenLearn(score: number): number {
    const taken = takeScore(score)
    const mean = this.#shortMean(taken)
    const tail = this.isReady ? this.#tail(mean) : 1
    const answer = this.isReady ? this.#answer(tail) : 0
    this.#inRun = tail < RUN_TAIL
    this.#recent[this.#placeOf(this.#learned)] = taken
    this.#learned++
    const { settling, warmUp } = this.#parameters
    const blockIsFull = this.#learned > settling && this.#history.add(mean)
    if (this.#learned === warmUp || (blockIsFull && this.#learned > warmUp)) this.#fit()
    return answer
  }

  toJSON(): AnomalyLikelihoodState {
    const held = Math.min(this.#learned, this.#recent.length)
    const first = this.#learned - held
    return {
      id: 'anomaly-likelihood',
      format: 1,
      parameters: this.#parameters,
      learned: this.#learned,
      recent: Array.from({ length: held }, (_, age) => this.#recent[this.#placeOf(first + age)] ?? 0),
      history: this.#history.toJSON(),
      mean: this.#mean,
      sd: this.#sd,
      inRun: this.#inRun,
    }
  }

  #placeOf(position: number): number {
    return position % this.#recent.length
  }

  #answer(tail: number): number {
    return scaled(this.#inRun && this.#parameters.firstOfRun ? Math.max(tail, TAIL_IN_RUN) : tail)
  }

  // With a score that comes next, added up in the order of the stream: the same to the last bit after a restart.
  #shortMean(score: number): number {
    const before = Math.min(this.#learned, this.#recent.length - 1)
    let sum = 0
    for (let age = before; age >= 1; age--) sum += this.#recent[this.#placeOf(this.#learned - age)] ?? 0
    return (sum + score) / (before + 1)
  }

  #tail(mean: number): number {
    const z = (mean - this.#mean) / this.#sd
    const half = upperGamma(0.5, (z * z) / 2) / 2
    return z > 0 ? half : 1 - half
  }

  #fit(): void {
    const { mean, variance } = this.#history.moments()
    this.#mean = mean
    this.#sd = Math.max(Math.sqrt(variance), LEAST_SPREAD * (Math.abs(mean) + LEAST_SPREAD))
  }
}

function scaled(tail: number): number {
  return Math.min(1, Math.max(0, Math.log(tail + LEAST_TAIL) / Math.log(LEAST_TAIL)))
}
