/**
 * HDDM-W: does an exponentially weighted mean since a cut differ from that before it, by McDiarmid's bound?
 * Source: I. Frías-Blanco et al. (2015), Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE
 * TKDE 27(3).
 */
import { checkShare } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'
import { WeightedMean, type WeightedMeanState } from './weighted-mean.ts'

/** What an HDDM-W is made with. */
export interface HddmWParameters {
  /** The chance of a false drift that the bound allows, in (0, warnConf]. */
  readonly driftConf: number
  /** The same of a warning, in (0, 1). */
  readonly warnConf: number
  /** The weight of the newest value, in (0, 1). */
  readonly lambda: number
  /** Whether a mean that falls is reported, too. */
  readonly twoSided: boolean
}

/** Its state: the mean of all values, and before and since each cut; the extremes are null before the first value. */
export interface HddmWState extends StreamDriftState {
  readonly parameters: HddmWParameters
  readonly seen: number
  readonly total: WeightedMeanState
  readonly lowest: number | null
  readonly beforeLow: WeightedMeanState
  readonly sinceLow: WeightedMeanState
  readonly highest: number | null
  readonly beforeHigh: WeightedMeanState
  readonly sinceHigh: WeightedMeanState
  readonly restarts: boolean
}

/** Watches numbers in [0, 1]. For gradual changes. Starts anew after a drift. */
export class HddmW implements StreamDriftDetector {
  readonly id = 'hddm-w'
  readonly #parameters: HddmWParameters
  readonly #logDrift: number
  readonly #logWarn: number
  #seen = 0
  #total = new WeightedMean()
  #lowest = Infinity
  #beforeLow = new WeightedMean()
  #sinceLow = new WeightedMean()
  #highest = -Infinity
  #beforeHigh = new WeightedMean()
  #sinceHigh = new WeightedMean()
  #restarts = false

  constructor(parameters: HddmWParameters) {
    this.#parameters = parameters
    this.#logDrift = Math.log(1 / parameters.driftConf)
    this.#logWarn = Math.log(1 / parameters.warnConf)
  }

  static fromJSON(state: HddmWState): HddmW {
    const made = new HddmW(state.parameters)
    made.#seen = state.seen
    made.#total = WeightedMean.fromJSON(state.total)
    made.#lowest = state.lowest ?? Infinity
    made.#beforeLow = WeightedMean.fromJSON(state.beforeLow)
    made.#sinceLow = WeightedMean.fromJSON(state.sinceLow)
    made.#highest = state.highest ?? -Infinity
    made.#beforeHigh = WeightedMean.fromJSON(state.beforeHigh)
    made.#sinceHigh = WeightedMean.fromJSON(state.sinceHigh)
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  update(value: number): DriftSignal {
    checkShare(value)
    if (this.#restarts) this.#restart()
    this.#seen++
    this.#total.add(value, this.#parameters.lambda)
    this.#moveCuts(value)
    if (this.#hasMoved(this.#logDrift)) {
      this.#restarts = true
      return 'drift'
    }
    return this.#hasMoved(this.#logWarn) ? 'warning' : 'none'
  }

  #moveCuts(value: number): void {
    const { lambda, twoSided } = this.#parameters
    const margin = boundOf(this.#total.squares, this.#logDrift)
    if (this.#total.value + margin < this.#lowest) {
      this.#lowest = this.#total.value + margin
      this.#beforeLow.copyFrom(this.#total)
      this.#sinceLow.clear()
    } else this.#sinceLow.add(value, lambda)
    if (!twoSided) return
    if (this.#total.value - margin > this.#highest) {
      this.#highest = this.#total.value - margin
      this.#beforeHigh.copyFrom(this.#total)
      this.#sinceHigh.clear()
    } else this.#sinceHigh.add(value, lambda)
  }

  #hasMoved(logConfidence: number): boolean {
    const rose = isApart(this.#beforeLow, this.#sinceLow, this.#sinceLow, logConfidence)
    if (rose || !this.#parameters.twoSided) return rose
    return isApart(this.#sinceHigh, this.#beforeHigh, this.#sinceHigh, logConfidence)
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#total.clear()
    this.#lowest = Infinity
    this.#beforeLow.clear()
    this.#sinceLow.clear()
    this.#highest = -Infinity
    this.#beforeHigh.clear()
    this.#sinceHigh.clear()
    this.#restarts = false
  }

  toJSON(): HddmWState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      total: this.#total.toJSON(),
      lowest: this.#lowest === Infinity ? null : this.#lowest,
      beforeLow: this.#beforeLow.toJSON(),
      sinceLow: this.#sinceLow.toJSON(),
      highest: this.#highest === -Infinity ? null : this.#highest,
      beforeHigh: this.#beforeHigh.toJSON(),
      sinceHigh: this.#sinceHigh.toJSON(),
      restarts: this.#restarts,
    }
  }
}

function isApart(lower: WeightedMean, upper: WeightedMean, since: WeightedMean, logConfidence: number): boolean {
  if (since.count === 0) return false
  return upper.value - lower.value > boundOf(lower.squares + upper.squares, logConfidence)
}

function boundOf(squares: number, logConfidence: number): number {
  return Math.sqrt((squares * logConfidence) / 2)
}
