/**
 * The drift detection method: has the rate of errors risen above the lowest that was seen?
 * Source: J. Gama, P. Medas, G. Castillo, P. Rodrigues (2004), Learning with drift detection, SBIA.
 */
import { checkError } from './drift-value.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What a DDM is made with. */
export interface DdmParameters {
  /** Nothing is judged before more than so many values, >= 1. */
  readonly minInstances: number
  /** Standard deviations above the lowest rate that are a warning, > 0. */
  readonly warnLevel: number
  /** Standard deviations above the lowest rate that are a drift, >= warnLevel. */
  readonly driftLevel: number
}

/** Its state; the lowest rate is null before it is known. */
export interface DdmState extends StreamDriftState {
  readonly parameters: DdmParameters
  readonly seen: number
  readonly n: number
  readonly p: number
  readonly pMin: number | null
  readonly sMin: number | null
  readonly restarts: boolean
}

/** Watches errors: 1 wrong, 0 right. Starts anew after a drift. Blind to a rate that falls. */
export class Ddm implements StreamDriftDetector {
  readonly id = 'ddm'
  readonly #parameters: DdmParameters
  #seen = 0
  #n = 0
  #p = 0
  #pMin = Infinity
  #sMin = Infinity
  #restarts = false

  constructor(parameters: DdmParameters) {
    this.#parameters = parameters
  }

  static fromJSON(state: DdmState): Ddm {
    const made = new Ddm(state.parameters)
    made.#seen = state.seen
    made.#n = state.n
    made.#p = state.p
    made.#pMin = state.pMin ?? Infinity
    made.#sMin = state.sMin ?? Infinity
    made.#restarts = state.restarts
    return made
  }

  get seen(): number {
    return this.#seen
  }

  update(value: number): DriftSignal {
    checkError(value)
    if (this.#restarts) this.#restart()
    const { minInstances, warnLevel, driftLevel } = this.#parameters
    this.#seen++
    this.#n++
    this.#p += (value - this.#p) / this.#n
    if (this.#n <= minInstances) return 'none'
    const s = Math.sqrt(Math.max(0, this.#p * (1 - this.#p)) / this.#n)
    const level = this.#p + s
    if (level <= this.#pMin + this.#sMin) {
      this.#pMin = this.#p
      this.#sMin = s
    }
    if (level > this.#pMin + driftLevel * this.#sMin) {
      this.#restarts = true
      return 'drift'
    }
    return level > this.#pMin + warnLevel * this.#sMin ? 'warning' : 'none'
  }

  reset(): void {
    this.#seen = 0
    this.#restart()
  }

  #restart(): void {
    this.#n = 0
    this.#p = 0
    this.#pMin = Infinity
    this.#sMin = Infinity
    this.#restarts = false
  }

  toJSON(): DdmState {
    const isKnown = this.#pMin !== Infinity
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      n: this.#n,
      p: this.#p,
      pMin: isKnown ? this.#pMin : null,
      sMin: isKnown ? this.#sMin : null,
      restarts: this.#restarts,
    }
  }
}
