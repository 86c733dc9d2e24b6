import { type RandomStream, randomStream, type RandomStreamState } from '../../numeric/random-stream.ts'
/**
 * KSWIN: do the newest values of a window come from the distribution of the older ones, by the distance of Kolmogorov and
 * Smirnov? Source: C. Raab, M. Heusinger, F.-M. Schleif (2020), Reactive soft prototype computing for concept drift streams,
 * Neurocomputing 416.
 */
import { sampleWithoutReplacement } from '../../numeric/sample.ts'
import { distributionDistance } from '../two-sample/distribution-distance.ts'
import { checkValue } from './drift-value.ts'
import { SortedWindow } from './sorted-window.ts'
import type { DriftSignal, StreamDriftDetector, StreamDriftState } from './stream-drift-detector.ts'

/** What a KSWIN is made with. */
export interface KswinParameters {
  /** Values in the window, > 2 statSize. */
  readonly windowSize: number
  /** The newest values, which are compared with the older ones, >= 2. */
  readonly statSize: number
  /** How unlikely a distance is a drift, in (0, 1). It is asked at every value: the rate of false alarms is not alpha. */
  readonly alpha: number
  /** All older values are compared with, or statSize of them, drawn anew each time, as in the paper. */
  readonly older: 'all' | 'drawn'
}

/** Its state. */
export interface KswinState extends StreamDriftState {
  readonly parameters: KswinParameters
  readonly seen: number
  /** Oldest first. */
  readonly window: ReadonlyArray<number>
  readonly random: RandomStreamState
}

/** Watches the whole distribution of any numbers. Keeps only the newest values after a drift. */
export class Kswin implements StreamDriftDetector {
  readonly id = 'kswin'
  readonly #parameters: KswinParameters
  readonly #threshold: number
  readonly #random: RandomStream
  /** A ring: `#start` is where the oldest value is. */
  readonly #ring: Float64Array
  readonly #older: SortedWindow
  readonly #newer: SortedWindow
  readonly #drawn: Float64Array
  #start = 0
  #size = 0
  #seen = 0

  /** @param random - what values are drawn by; a seed, or where another stream stood */
  constructor(parameters: KswinParameters, random: number | RandomStreamState) {
    const { windowSize, statSize, alpha } = parameters
    this.#parameters = parameters
    this.#threshold = Math.sqrt(-Math.log(alpha) / statSize)
    this.#random = randomStream(random)
    this.#ring = new Float64Array(windowSize)
    this.#older = new SortedWindow(windowSize - statSize + 1)
    this.#newer = new SortedWindow(statSize + 1)
    this.#drawn = new Float64Array(statSize)
  }

  static fromJSON(state: KswinState): Kswin {
    const made = new Kswin(state.parameters, state.random)
    for (const value of state.window) made.#take(value)
    made.#seen = state.seen
    return made
  }

  get seen(): number {
    return this.#seen
  }

  /** The greatest distance of the two distributions that is no drift. */
  get threshold(): number {
    return this.#threshold
  }

  update(value: number): DriftSignal {
    checkValue(value)
    this.#seen++
    this.#take(value)
    if (this.#size < this.#parameters.windowSize || this.#distance() <= this.#threshold) return 'none'
    this.#forgetOlder()
    return 'drift'
  }

  #take(value: number): void {
    const { windowSize, statSize } = this.#parameters
    if (this.#size === windowSize) {
      this.#older.remove(this.#at(0))
      this.#start = (this.#start + 1) % windowSize
      this.#size--
    }
    this.#ring[(this.#start + this.#size) % windowSize] = value
    this.#size++
    this.#newer.insert(value)
    if (this.#newer.size <= statSize) return
    const aged = this.#at(this.#size - 1 - statSize)
    this.#newer.remove(aged)
    this.#older.insert(aged)
  }

  #distance(): number {
    if (this.#parameters.older === 'all') return distributionDistance(this.#older.values, this.#newer.values)
    const { values, size } = this.#older
    sampleWithoutReplacement(size, this.#drawn.length, this.#random.next).forEach((from, to) => {
      this.#drawn[to] = values[from] as number
    })
    return distributionDistance(this.#drawn.sort(), this.#newer.values)
  }

  #forgetOlder(): void {
    const { windowSize } = this.#parameters
    this.#start = (this.#start + this.#older.size) % windowSize
    this.#size -= this.#older.size
    this.#older.clear()
  }

  #at(index: number): number {
    return this.#ring[(this.#start + index) % this.#parameters.windowSize] as number
  }

  reset(): void {
    this.#start = 0
    this.#size = 0
    this.#seen = 0
    this.#older.clear()
    this.#newer.clear()
  }

  toJSON(): KswinState {
    return {
      id: this.id,
      format: 1,
      parameters: this.#parameters,
      seen: this.#seen,
      window: Array.from({ length: this.#size }, (_, index) => this.#at(index)),
      random: this.#random.toJSON(),
    }
  }
}
