/**
 * HDDM-A: does the mean since a cut differ from that before it, by Hoeffding's bound?
 * Source: I. Frías-Blanco et al. (2015), Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE
 * TKDE 27(3).
 */
import { checkShare } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What an HDDM-A is made with. */
export interface HddmAParameters {
  /** The chance of a false drift that the bound allows, in (0, warnConf]. */
  readonly driftConf: number
  /** The same of a warning, in (0, 1). */
  readonly warnConf: number
  /** Whether a mean that falls is reported, too. */
  readonly twoSided: boolean
}

/** Its state: the mean of all values and at the two cuts; a cut at 0 is not yet set. */
export interface HddmAState extends StreamDriftState {
  readonly parameters: HddmAParameters
  readonly seen: number
  readonly n: number
  readonly mean: number
  readonly nMin: number
  readonly meanMin: number
  readonly nMax: number
  readonly meanMax: number
  readonly restarts: boolean
}

/** Watches numbers in [0, 1]. For sudden changes. Starts anew after a drift. */
export class HddmA implements StreamDriftDetector {
  readonly id = 'hddm-a'
  readonly #parameters: HddmAParameters
  readonly #logDrift: number
  readonly #logWarn: number
  readonly #logCut: number
  #seen = 0
  #n = 0
  #mean = 0
  #nMin = 0
  #meanMin = 0
  #nMax = 0
  #meanMax = 0
  #restarts = false

  constructor(parameters: HddmAParameters) {
    this.#parameters = parameters
    this.#logDrift = Math.log(2 / parameters.driftConf)
    this.#logWarn = Math.log(2 / parameters.warnConf)
    this.#logCut = Math.log(1 / parameters.driftConf)
  }

  static fromJSON(state: HddmAState): HddmA {
    const made = new HddmA(state.parameters)
    made.#seen = state.seen
    made.#n = state.n
    made.#mean = state.mean
    made.#nMin = state.nMin
    made.#meanMin = state.meanMin
    made.#nMax = state.nMax
    made.#meanMax = state.meanMax
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
    this.#n++
    this.#mean += (value - this.#mean) / this.#n
    this.#moveCuts()
    if (this.#hasMoved(this.#logDrift)) {
      this.#restarts = true
      return 'drift'
    }
    return this.#hasMoved(this.#logWarn) ? 'warning' : 'none'
  }

  #moveCuts(): void {
    const margin = this.#margin(this.#n)
    if (this.#nMin === 0 || this.#meanMin + this.#margin(this.#nMin) >= this.#mean + margin) {
      this.#nMin = this.#n
      this.#meanMin = this.#mean
    }
    if (this.#nMax === 0 || this.#meanMax - this.#margin(this.#nMax) <= this.#mean - margin) {
      this.#nMax = this.#n
      this.#meanMax = this.#mean
    }
  }

  #margin(n: number): number {
    return Math.sqrt(this.#logCut / (2 * n))
  }

  #hasMoved(logConfidence: number): boolean {
    const n = this.#n
    const rose = this.#nMin !== n && this.#mean - this.#meanMin >= boundAt(this.#nMin, n, logConfidence)
    if (rose || !this.#parameters.twoSided) return rose
    return this.#nMax !== n && this.#meanMax - this.#mean >= boundAt(this.#nMax, n, logConfidence)
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#n = 0
    this.#mean = 0
    this.#nMin = 0
    this.#meanMin = 0
    this.#nMax = 0
    this.#meanMax = 0
    this.#restarts = false
  }

  toJSON(): HddmAState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      n: this.#n,
      mean: this.#mean,
      nMin: this.#nMin,
      meanMin: this.#meanMin,
      nMax: this.#nMax,
      meanMax: this.#meanMax,
      restarts: this.#restarts,
    }
  }
}

function boundAt(cut: number, n: number, logConfidence: number): number {
  return Math.sqrt(((n - cut) / (cut * n) / 2) * logConfidence)
}
