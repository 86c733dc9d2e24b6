/**
 * Which of two detectors knows the stream better, without labels: each sees a real sample and the same one with one
 * number put somewhere else in the range of late; the better one more often scores the displaced sample higher.
 * The idea is that of the excess-mass criterion (N. Goix, 2016, How to Evaluate the Quality of Unsupervised Anomaly
 * Detection Algorithms?): a good score is low where samples are and high in the rest of their box.
 */
import { type RandomStream, type RandomStreamState, randomStream } from '../../numeric/random-stream.ts'
import type { SampleWindow } from '../window/sample-window.ts'

const RANGE_SAMPLES = 100
const BEYOND = 0.5 // how far out of the range a displaced number may lie, in ranges

/** A trial of two models over a number of samples. */
export class ModelTrial {
  readonly #length: number
  readonly #random: RandomStream
  #seen = 0
  #incumbent = 0
  #challenger = 0

  /** @param random - a seed, or where the randomness of a stopped trial stood */
  constructor(length: number, random: number | RandomStreamState) {
    this.#length = length
    this.#random = randomStream(random)
  }

  /** True once it has seen as many samples as it was made for. */
  get isOver(): boolean {
    return this.#seen >= this.#length
  }

  /** Whether the challenger told real from displaced samples more often; a tie is for the one in service. */
  get challengerWins(): boolean {
    return this.#challenger > this.#incumbent
  }

  /** The sample with one number displaced, written to `out`. */
  displace(sample: ArrayLike<number>, window: SampleWindow, out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = sample[i] ?? Number.NaN
    const column = Math.floor(this.#random.next() * out.length)
    let [low, high] = [Infinity, -Infinity]
    for (let i = Math.max(0, window.size - RANGE_SAMPLES); i < window.size; i++) {
      const value = window.value(i, column)
      if (value < low) low = value
      if (value > high) high = value
    }
    const range = high > low ? high - low : 1
    const start = low === Infinity ? 0 : low
    const displaced = start - BEYOND * range + this.#random.next() * (1 + 2 * BEYOND) * range
    out[column] = Number.isFinite(displaced) ? displaced : start // the range of huge numbers is infinite
  }

  /** Notes the scores that both gave to the real and to the displaced sample. */
  note(incumbent: ScorePair, challenger: ScorePair): void {
    this.#incumbent += pointsOf(incumbent)
    this.#challenger += pointsOf(challenger)
    this.#seen++
  }

  toJSON(): ModelTrialState {
    return {
      length: this.#length,
      random: this.#random.toJSON(),
      seen: this.#seen,
      incumbent: this.#incumbent,
      challenger: this.#challenger,
    }
  }

  /** A trial that goes on from its `toJSON()`, which has been checked. */
  static fromJSON({ length, random, seen, incumbent, challenger }: ModelTrialState): ModelTrial {
    const trial = new ModelTrial(length, random)
    trial.#seen = seen
    trial.#incumbent = incumbent
    trial.#challenger = challenger
    return trial
  }
}

/** The scores that one model gives a real sample and the same one displaced. */
export interface ScorePair {
  readonly real: number
  readonly displaced: number
}

/** A trial as JSON data. */
export interface ModelTrialState {
  readonly length: number
  readonly random: RandomStreamState
  readonly seen: number
  readonly incumbent: number
  readonly challenger: number
}

function pointsOf({ real, displaced }: ScorePair): number {
  return displaced > real ? 1 : displaced === real ? 0.5 : 0
}
