/**
 * The tabular CUSUM chart: sums of what lies beyond an allowance on either side of the mean.
 * Sources: E. S. Page (1954), Continuous inspection schemes, Biometrika 41; the form of D. Montgomery (2009), Introduction to
 * statistical quality control, 9.1.
 */
import { ChartBaseline, type ChartBaselineParameters, type ChartBaselineState } from './chart-baseline.ts'
import { checkValue } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What a CUSUM chart is made with. */
export interface CusumParameters extends ChartBaselineParameters {
  /** The allowance, >= 0, in standard deviations: half of the shift that is to be found. */
  readonly k: number
  /** The sum that is an alarm, > 0, in standard deviations. */
  readonly h: number
}

/** Its state. */
export interface CusumState extends StreamDriftState {
  readonly parameters: CusumParameters
  readonly seen: number
  readonly baseline: ChartBaselineState
  readonly up: number
  readonly down: number
  readonly restarts: boolean
}

/**
 * Watches the mean of numbers that are about normal; best for a lasting shift of about 2 k. Both sums start anew after an
 * alarm, and so does the baseline where it is learned.
 */
export class Cusum implements StreamDriftDetector {
  readonly id = 'cusum'
  readonly #parameters: CusumParameters
  #baseline: ChartBaseline
  #seen = 0
  #up = 0
  #down = 0
  #restarts = false

  constructor(parameters: CusumParameters) {
    this.#parameters = parameters
    this.#baseline = new ChartBaseline(parameters)
  }

  static fromJSON(state: CusumState): Cusum {
    const made = new Cusum(state.parameters)
    made.#baseline = ChartBaseline.fromJSON(state.parameters, state.baseline)
    made.#seen = state.seen
    made.#up = state.up
    made.#down = state.down
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  update(value: number): DriftSignal {
    checkValue(value)
    if (this.#restarts) this.#restart()
    this.#seen++
    if (!this.#baseline.isReady) {
      this.#baseline.learn(value)
      return 'none'
    }
    const { k, h } = this.#parameters
    const off = (value - this.#baseline.mean) / this.#baseline.sd
    this.#up = Math.max(0, this.#up + off - k)
    this.#down = Math.max(0, this.#down - off - k)
    if (this.#up <= h && this.#down <= h) return 'none'
    this.#restarts = true
    return 'drift'
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#baseline.restart()
    this.#up = 0
    this.#down = 0
    this.#restarts = false
  }

  toJSON(): CusumState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      baseline: this.#baseline.toJSON(),
      up: this.#up,
      down: this.#down,
      restarts: this.#restarts,
    }
  }
}
