/**
 * The early drift detection method: do errors come closer to each other than they did?
 * Source: M. Baena-García et al. (2006), Early drift detection method, IWKDDS.
 */
import { checkError } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What an EDDM is made with. */
export interface EddmParameters {
  /** Nothing is judged before so many values, >= 1. */
  readonly minInstances: number
  /** Nothing is reported before more than so many errors, >= 1. */
  readonly minErrors: number
  /** Below this share of the largest mean + 2 sd of the distances it warns, in (0, 1]. */
  readonly alpha: number
  /** Below this share it is a drift, in (0, alpha]. */
  readonly beta: number
  /** What is taken off the divisor of the variance: 0 as older libraries, 1 as newer ones. */
  readonly ddof: 0 | 1
}

/** Its state. */
export interface EddmState extends StreamDriftState {
  readonly parameters: EddmParameters
  readonly seen: number
  readonly n: number
  readonly errors: number
  readonly lastError: number
  readonly meanDistance: number
  readonly m2: number
  readonly max: number
  readonly warns: boolean
  readonly restarts: boolean
}

/** Watches errors: 1 wrong, 0 right. For rates that rise slowly. Starts anew after a drift. Blind to a rate that falls. */
export class Eddm implements StreamDriftDetector {
  readonly id = 'eddm'
  readonly #parameters: EddmParameters
  #seen = 0
  #n = 0
  #errors = 0
  #lastError = 0
  #meanDistance = 0
  #m2 = 0
  #max = 0
  #warns = false
  #restarts = false

  constructor(parameters: EddmParameters) {
    this.#parameters = parameters
  }

  static fromJSON(state: EddmState): Eddm {
    const made = new Eddm(state.parameters)
    made.#seen = state.seen
    made.#n = state.n
    made.#errors = state.errors
    made.#lastError = state.lastError
    made.#meanDistance = state.meanDistance
    made.#m2 = state.m2
    made.#max = state.max
    made.#warns = state.warns
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  update(value: number): DriftSignal {
    checkError(value)
    if (this.#restarts) this.#restart()
    this.#seen++
    this.#n++
    if (value === 1 && this.#judgeError()) {
      this.#restarts = true
      return 'drift'
    }
    return this.#warns ? 'warning' : 'none'
  }

  #judgeError(): boolean {
    const { minInstances, minErrors, alpha, beta, ddof } = this.#parameters
    const distance = this.#n - this.#lastError
    this.#lastError = this.#n
    this.#errors++
    const off = distance - this.#meanDistance
    this.#meanDistance += off / this.#errors
    this.#m2 += off * (distance - this.#meanDistance)
    if (this.#n < minInstances) return false
    const degrees = this.#errors - ddof
    const reach = this.#meanDistance + 2 * (degrees > 0 ? Math.sqrt(this.#m2 / degrees) : 0)
    if (reach > this.#max) {
      this.#max = reach
      this.#warns = false
      return false
    }
    const level = reach / this.#max
    const isJudged = this.#errors > minErrors
    this.#warns = isJudged && level < alpha
    return isJudged && level < beta
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#n = 0
    this.#errors = 0
    this.#lastError = 0
    this.#meanDistance = 0
    this.#m2 = 0
    this.#max = 0
    this.#warns = false
    this.#restarts = false
  }

  toJSON(): EddmState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      n: this.#n,
      errors: this.#errors,
      lastError: this.#lastError,
      meanDistance: this.#meanDistance,
      m2: this.#m2,
      max: this.#max,
      warns: this.#warns,
      restarts: this.#restarts,
    }
  }
}
