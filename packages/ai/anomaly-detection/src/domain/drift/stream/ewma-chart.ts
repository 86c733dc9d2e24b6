/**
 * The EWMA control chart: an exponentially weighted mean that leaves its limits.
 * Source: S. W. Roberts (1959), Control chart tests based on geometric moving averages, Technometrics 1(3).
 */
import { ChartBaseline, type ChartBaselineParameters, type ChartBaselineState } from './chart-baseline.ts'
import { checkValue } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What an EWMA chart is made with. */
export interface EwmaChartParameters extends ChartBaselineParameters {
  /** The weight of the newest value, in (0, 1]; 1 is a Shewhart chart. */
  readonly lambda: number
  /** Half the width of the limits, > 0, in standard deviations of the weighted mean. */
  readonly limit: number
}

/** Its state. */
export interface EwmaChartState extends StreamDriftState {
  readonly parameters: EwmaChartParameters
  readonly seen: number
  readonly baseline: ChartBaselineState
  /** The weighted mean, in standard deviations from the mean in control. */
  readonly z: number
  readonly t: number
  readonly restarts: boolean
}

/**
 * Watches the mean of numbers that are about normal; best for small lasting shifts. With a given mean it alarms at every value
 * outside the limits; with a learned one it starts anew after an alarm.
 */
export class EwmaChart implements StreamDriftDetector {
  readonly id = 'ewma-chart'
  readonly #parameters: EwmaChartParameters
  #baseline: ChartBaseline
  #seen = 0
  #z = 0
  #t = 0
  #restarts = false

  constructor(parameters: EwmaChartParameters) {
    this.#parameters = parameters
    this.#baseline = new ChartBaseline(parameters)
  }

  static fromJSON(state: EwmaChartState): EwmaChart {
    const made = new EwmaChart(state.parameters)
    made.#baseline = ChartBaseline.fromJSON(state.parameters, state.baseline)
    made.#seen = state.seen
    made.#z = state.z
    made.#t = state.t
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
    const { lambda } = this.#parameters
    this.#t++
    this.#z = lambda * ((value - this.#baseline.mean) / this.#baseline.sd) + (1 - lambda) * this.#z
    if (Math.abs(this.#z) <= this.#limit()) return 'none'
    this.#restarts = this.#baseline.isLearned
    return 'drift'
  }

  #limit(): number {
    const { lambda, limit } = this.#parameters
    return limit * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * this.#t)))
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#baseline.restart()
    this.#z = 0
    this.#t = 0
    this.#restarts = false
  }

  toJSON(): EwmaChartState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      baseline: this.#baseline.toJSON(),
      z: this.#z,
      t: this.#t,
      restarts: this.#restarts,
    }
  }
}
