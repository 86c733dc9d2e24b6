/**
 * The Page-Hinkley test: has the mean of a stream risen or fallen?
 * Sources: E. S. Page (1954), Continuous inspection schemes, Biometrika 41; the form of J. Gama et al. (2014), A survey on
 * concept drift adaptation, ACM Computing Surveys 46(4), with forgetting.
 */
import { checkValue } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What a Page-Hinkley test is made with. */
export interface PageHinkleyParameters {
  /** Nothing is reported before so many values, >= 1. */
  readonly minInstances: number
  /** The change of the mean that is let pass, >= 0, in the unit of the values. */
  readonly delta: number
  /** The sum of deviations that is a drift, > 0, in the unit of the values. */
  readonly threshold: number
  /** What is kept of the sum from one value to the next, in (0, 1]; 1 never forgets. */
  readonly alpha: number
  /** Which way of the mean is watched. */
  readonly mode: 'up' | 'down' | 'both'
}

/** Its state; the extremes are null before the first value. */
export interface PageHinkleyState extends StreamDriftState {
  readonly parameters: PageHinkleyParameters
  readonly seen: number
  readonly n: number
  readonly mean: number
  readonly sumUp: number
  readonly minUp: number | null
  readonly sumDown: number
  readonly maxDown: number | null
  readonly restarts: boolean
}

/** Watches the mean of any numbers; 1 is far above the noise for values of a spread of 1. Starts anew after a drift. */
export class PageHinkley implements StreamDriftDetector {
  readonly id = 'page-hinkley'
  readonly #parameters: PageHinkleyParameters
  #seen = 0
  #n = 0
  #mean = 0
  #sumUp = 0
  #minUp = Infinity
  #sumDown = 0
  #maxDown = -Infinity
  #restarts = false

  constructor(parameters: PageHinkleyParameters) {
    this.#parameters = parameters
  }

  static fromJSON(state: PageHinkleyState): PageHinkley {
    const made = new PageHinkley(state.parameters)
    made.#seen = state.seen
    made.#n = state.n
    made.#mean = state.mean
    made.#sumUp = state.sumUp
    made.#minUp = state.minUp ?? Infinity
    made.#sumDown = state.sumDown
    made.#maxDown = state.maxDown ?? -Infinity
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  update(value: number): DriftSignal {
    checkValue(value)
    if (this.#restarts) this.#restart()
    const { minInstances, delta, threshold, alpha, mode } = this.#parameters
    this.#seen++
    this.#n++
    this.#mean += (value - this.#mean) / this.#n
    const deviation = value - this.#mean
    this.#sumUp = alpha * this.#sumUp + deviation - delta
    this.#sumDown = alpha * this.#sumDown + deviation + delta
    if (this.#sumUp < this.#minUp) this.#minUp = this.#sumUp
    if (this.#sumDown > this.#maxDown) this.#maxDown = this.#sumDown
    if (this.#n < minInstances) return 'none'
    const rose = mode !== 'down' && this.#sumUp - this.#minUp > threshold
    const fell = mode !== 'up' && this.#maxDown - this.#sumDown > threshold
    if (!rose && !fell) return 'none'
    this.#restarts = true
    return 'drift'
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#n = 0
    this.#mean = 0
    this.#sumUp = 0
    this.#minUp = Infinity
    this.#sumDown = 0
    this.#maxDown = -Infinity
    this.#restarts = false
  }

  toJSON(): PageHinkleyState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      n: this.#n,
      mean: this.#mean,
      sumUp: this.#sumUp,
      minUp: this.#minUp === Infinity ? null : this.#minUp,
      sumDown: this.#sumDown,
      maxDown: this.#maxDown === -Infinity ? null : this.#maxDown,
      restarts: this.#restarts,
    }
  }
}
