/**
 * ADWIN, adaptive windowing: the window grows while its mean stays, and loses its oldest part when two parts differ.
 * Source: A. Bifet, R. Gavaldà (2007), Learning from time-changing data with adaptive windowing, SDM.
 */
import { BucketWindow, type BucketWindowState } from './bucket-window.ts'
import { checkValue } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What an ADWIN is made with. */
export interface AdwinParameters {
  /** The chance of a false drift that the bound allows, in (0, 1). */
  readonly delta: number
  /** Runs of each length that the window keeps, >= 2: more are finer and slower. */
  readonly maxBuckets: number
  /** The window is cut at every so many values, >= 1. */
  readonly clock: number
  /** The least values on either side of a cut, >= 1. */
  readonly minWindow: number
  /** Nothing is cut before more than so many values, >= 0. */
  readonly grace: number
  /** After a drift the window lives on, as in the paper and MOA, or starts anew, as in River. */
  readonly afterDrift: 'keep' | 'restart'
}

/** Its state. */
export interface AdwinState extends StreamDriftState {
  readonly parameters: AdwinParameters
  readonly seen: number
  readonly sinceRestart: number
  readonly window: BucketWindowState
  readonly restarts: boolean
}

/** Watches the mean of any numbers. Its window is what still holds of the past: its mean is up to date. */
export class Adwin implements StreamDriftDetector {
  readonly id = 'adwin'
  readonly #parameters: AdwinParameters
  readonly #isSplit: (count: number, sum: number) => boolean
  #window: BucketWindow
  #seen = 0
  #sinceRestart = 0
  #restarts = false
  // set before each walk over the window
  #variance = 0
  #logTerm = 0

  constructor(parameters: AdwinParameters) {
    this.#parameters = parameters
    this.#window = new BucketWindow(parameters.maxBuckets)
    this.#isSplit = (count, sum) => this.#isApart(count, sum)
  }

  static fromJSON(state: AdwinState): Adwin {
    const made = new Adwin(state.parameters)
    made.#window = BucketWindow.fromJSON(state.parameters.maxBuckets, state.window)
    made.#seen = state.seen
    made.#sinceRestart = state.sinceRestart
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  /** Values in the window. */
  get width(): number {
    return this.#window.size
  }

  /** The mean of the window; 0 where it is empty. */
  get mean(): number {
    return this.#window.size === 0 ? 0 : this.#window.total / this.#window.size
  }

  update(value: number): DriftSignal {
    checkValue(value)
    if (this.#restarts) this.#restart()
    const { clock, grace, afterDrift } = this.#parameters
    this.#seen++
    this.#sinceRestart++
    this.#window.add(value)
    if (this.#sinceRestart % clock !== 0 || this.#window.size <= grace || !this.#cut()) return 'none'
    this.#restarts = afterDrift === 'restart'
    return 'drift'
  }

  #cut(): boolean {
    let isCut = false
    while (this.#hasSplit()) {
      this.#window.dropOldest()
      isCut = true
    }
    return isCut
  }

  #hasSplit(): boolean {
    const { size, variance } = this.#window
    this.#logTerm = Math.log((2 * Math.log(size)) / this.#parameters.delta)
    this.#variance = variance
    return this.#window.hasSplit(this.#isSplit)
  }

  #isApart(count: number, sum: number): boolean {
    const { minWindow } = this.#parameters
    const { size, total } = this.#window
    const rest = size - count
    if (count < minWindow || rest < minWindow) return false
    const m = 1 / (count - minWindow + 1) + 1 / (rest - minWindow + 1)
    const epsilon = Math.sqrt(2 * m * this.#variance * this.#logTerm) + (2 / 3) * this.#logTerm * m
    return Math.abs(sum / count - (total - sum) / rest) > epsilon
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#window = new BucketWindow(this.#parameters.maxBuckets)
    this.#sinceRestart = 0
    this.#restarts = false
  }

  toJSON(): AdwinState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      sinceRestart: this.#sinceRestart,
      window: this.#window.toJSON(),
      restarts: this.#restarts,
    }
  }
}
