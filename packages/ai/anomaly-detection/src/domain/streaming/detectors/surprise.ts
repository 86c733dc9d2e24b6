/**
 * How surprising a sample is, in three ways at once: beside the recent past (random cut forest), beside what is usual at
 * its time of day, and beside the range seen so far. The first two are calibrated by anomaly likelihood before the
 * largest of the three is taken; an alarm speaks at full strength once.
 * Made for operational metrics; on NAB with the defaults see docs/benchmarks.md.
 */
import { AnomalyLikelihood, type AnomalyLikelihoodState } from '../calibrators/anomaly-likelihood.ts'
import { DailyProfile, type DailyProfileState } from '../context/daily-profile.ts'
import { SeenRange, type SeenRangeState } from '../context/seen-range.ts'
import { takeIncompleteSample } from '../cut-forest/take-incomplete-sample.ts'
import { RollingMoments } from '../statistics/rolling-moments.ts'
import type { ForecastingStreamDetector } from '../stream-detector.ts'
import { RandomCutForest, randomCutForestDefaults, type RandomCutForestState } from './random-cut-forest.ts'

const ECHO = 0.3 // what goes on with an alarm scores no more
const PROFILE_WEIGHT = 0.2 // of a standard deviation from the time of day, beside 1 of the forest's score

/** What surprise can be told. */
export interface SurpriseParameters {
  /** Of the random cut forest; default 30: on NAB as good as 50. */
  readonly trees: number
  /** Points that each tree keeps; default 256. */
  readonly sampleSize: number
  /** Samples in a row that the forest judges together; default 1. */
  readonly shingleSize: number
  /** Parts of the day whose usual numbers are kept; default 24: hours. */
  readonly dayParts: number
  /** How far beyond the range seen so far is news, as a share of its width; default 0.05. */
  readonly tolerance: number
  /** Samples whose mean score is judged by anomaly likelihood; default 12. */
  readonly shortWindow: number
  /** Samples before the first score; default 150. */
  readonly warmUp: number
  /** Likelihood from which on a score is an alarm, in (0, 1]; default 0.65: a chance of 3 * 10^-7. */
  readonly alarmLevel: number
  /** What comes so many samples after the last score at the alarm level, or fewer, belongs to its alarm; default 60. */
  readonly quiet: number
  /**
   * `alarm`: in [0, 1], high where something begins: for alerts. `level`: the mean of forest and time of day over
   * `levelWindow` samples, high as long as something lasts: for rankings and pictures. Default `alarm`.
   */
  readonly score: 'alarm' | 'level'
  /** Default 100. */
  readonly levelWindow: number
}

/** The defaults where all are left out: they are for one number every minute to every hour. */
export const surpriseDefaults: SurpriseParameters = {
  trees: 30,
  sampleSize: 256,
  shingleSize: 1,
  dayParts: 24,
  tolerance: 0.05,
  shortWindow: 12,
  warmUp: 150,
  alarmLevel: 0.65,
  quiet: 60,
  score: 'alarm',
  levelWindow: 100,
}

/** The state of surprise, see `StreamDetectorState`. */
export interface SurpriseState {
  readonly id: 'surprise'
  readonly format: 1
  readonly [field: string]: unknown
  readonly columns: number
  readonly parameters: SurpriseParameters
  readonly forest: RandomCutForestState
  readonly profile: DailyProfileState
  readonly range: SeenRangeState
  readonly forestLikelihood: AnomalyLikelihoodState
  readonly profileLikelihood: AnomalyLikelihoodState
  /** Of `RollingMoments`. */
  readonly level: unknown
  /** Samples since the last one at the alarm level. */
  readonly calm: number
}

interface Judged {
  readonly forest: number
  readonly profile: number
}

/** Accepts NaN for what is not known: the forest fills it, the others leave it out. */
export class Surprise implements ForecastingStreamDetector {
  readonly id = 'surprise'
  readonly columns: number
  readonly acceptsMissing = true
  readonly #parameters: SurpriseParameters
  readonly #sample: Float64Array
  readonly #forest: RandomCutForest
  readonly #profile: DailyProfile
  readonly #range: SeenRange
  readonly #forestLikelihood: AnomalyLikelihood
  readonly #profileLikelihood: AnomalyLikelihood
  readonly #level: RollingMoments // of the samples before
  #calm: number
  // What the forest said of the sample that was scored last: the same sample is often learned from next.
  readonly #scored: Float64Array
  #scoredForest = 0
  #scoredAt = -1

  /** @param from - a seed, or a state to go on from @throws AnomalyDetectionError `invalid-stream-state` */
  constructor(columns: number, parameters: SurpriseParameters, from: number | SurpriseState) {
    const { dayParts, tolerance, levelWindow } = parameters
    const state = typeof from === 'number' ? undefined : from
    this.columns = columns
    this.#parameters = parameters
    this.#sample = new Float64Array(columns)
    this.#scored = new Float64Array(columns)
    this.#forest = new RandomCutForest(columns, forestParameters(parameters), state?.forest ?? Number(from))
    this.#profile = new DailyProfile(columns, dayParts, state?.profile)
    this.#range = new SeenRange(columns, tolerance, state?.range)
    this.#forestLikelihood = new AnomalyLikelihood(likelihoodParameters(parameters), state?.forestLikelihood)
    this.#profileLikelihood = new AnomalyLikelihood(likelihoodParameters(parameters), state?.profileLikelihood)
    this.#level =
      state === undefined ? new RollingMoments(Math.max(1, levelWindow - 1)) : RollingMoments.fromJSON(state.level)
    this.#calm = state?.calm ?? Number.MAX_SAFE_INTEGER
  }

  static fromJSON(state: SurpriseState): Surprise {
    return new Surprise(state.columns, state.parameters, state)
  }

  get learned(): number {
    return this.#forest.learned
  }

  get isReady(): boolean {
    return this.learned >= this.#parameters.warmUp && this.#forest.isReady
  }

  scoreOne(sample: ArrayLike<number>, time: number = Number.NaN): number {
    takeIncompleteSample(sample, this.#sample)
    const forest = this.#forest.scoreOne(this.#sample)
    this.#scored.set(this.#sample)
    this.#scoredForest = forest
    this.#scoredAt = this.learned
    const profile = this.#profile.deviation(this.#sample, time)
    if (this.#parameters.score === 'level') return this.isReady ? this.#levelWith({ forest, profile }) : 0
    if (!this.isReady) return 0
    if (this.#range.isBeyond(this.#sample)) return this.#once(1)
    const unusual = Number.isNaN(profile) ? 0 : this.#profileLikelihood.calibrateOne(profile)
    return this.#once(Math.max(this.#forestLikelihood.calibrateOne(forest), unusual))
  }

  learnOne(sample: ArrayLike<number>, time: number = Number.NaN): void {
    this.scoreThenLearn(sample, time)
  }

  scoreThenLearn(sample: ArrayLike<number>, time: number = Number.NaN): number {
    takeIncompleteSample(sample, this.#sample)
    const { isReady } = this
    const forest = this.#forestScoreThenLearn()
    const profile = this.#profile.deviation(this.#sample, time)
    this.#profile.learn(this.#sample, time)
    if (this.#parameters.score === 'level') {
      const level = isReady ? this.#levelWith({ forest, profile }) : 0
      this.#level.push(weighted({ forest, profile }))
      return level
    }
    const isBeyond = this.#range.isBeyond(this.#sample)
    this.#range.learn(this.#sample)
    const forestLikelihood = this.#forestLikelihood.calibrateThenLearn(forest)
    const unusual = Number.isNaN(profile) ? 0 : this.#profileLikelihood.calibrateThenLearn(profile)
    if (!isReady) return 0
    const likelihood = isBeyond ? 1 : Math.max(forestLikelihood, unusual)
    const score = this.#once(likelihood)
    const isLoud = likelihood >= this.#parameters.alarmLevel
    this.#calm = isLoud ? 0 : Math.min(this.#calm + 1, Number.MAX_SAFE_INTEGER)
    return score
  }

  /** What is usual at the time of day, where that is known; otherwise what the forest expects. */
  expectOne(sample: ArrayLike<number>, time: number = Number.NaN): Float64Array {
    const expected = this.#forest.expectOne(sample)
    return expected.map((value, column) => {
      const usual = this.#profile.usual(column, time)
      return Number.isNaN(usual) ? value : usual
    })
  }

  toJSON(): SurpriseState {
    return {
      id: 'surprise',
      format: 1,
      columns: this.columns,
      parameters: this.#parameters,
      forest: this.#forest.toJSON(),
      profile: this.#profile.toJSON(),
      range: this.#range.toJSON(),
      forestLikelihood: this.#forestLikelihood.toJSON(),
      profileLikelihood: this.#profileLikelihood.toJSON(),
      level: this.#level.toJSON(),
      calm: this.#calm,
    }
  }

  #forestScoreThenLearn(): number {
    if (this.#scoredAt !== this.learned) return this.#forest.scoreThenLearn(this.#sample)
    for (let column = 0; column < this.columns; column++)
      if (!Object.is(this.#scored[column], this.#sample[column])) return this.#forest.scoreThenLearn(this.#sample)
    this.#forest.learnOne(this.#sample)
    return this.#scoredForest
  }

  #once(likelihood: number): number {
    const { alarmLevel, quiet } = this.#parameters
    return likelihood >= alarmLevel && this.#calm < quiet ? Math.min(likelihood, ECHO) : likelihood
  }

  #levelWith(judged: Judged): number {
    const { mean, count } = this.#level
    const before = Math.min(count, this.#parameters.levelWindow - 1)
    return (mean * before + weighted(judged)) / (before + 1)
  }
}

function weighted({ forest, profile }: Judged): number {
  return Number.isNaN(profile) ? forest : forest + PROFILE_WEIGHT * profile
}

function forestParameters({ trees, sampleSize, shingleSize }: SurpriseParameters) {
  const timeDecay = 1 / (10 * sampleSize)
  return {
    ...randomCutForestDefaults,
    trees,
    sampleSize,
    shingleSize,
    timeDecay,
    outputAfter: Math.ceil(sampleSize / 4),
  }
}

function likelihoodParameters({ shortWindow, warmUp, sampleSize }: SurpriseParameters) {
  const settling = Math.min(Math.ceil(sampleSize / 4) + 1, warmUp - 2) // until the forest speaks
  return { shortWindow, longWindow: 8000, refitEvery: 100, settling, warmUp, firstOfRun: false }
}
