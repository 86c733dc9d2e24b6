/**
 * Local outlier factor of a new sample among the last ones: how much thinner the data is around it than around its neighbours.
 * Source: M. Breunig, H.-P. Kriegel, R. Ng, J. Sander (2000), LOF: Identifying Density-Based Local Outliers, SIGMOD; kept up to date
 * as in D. Pokrajac, A. Lazarevic, L. Latecki (2007), Incremental Local Outlier Detection for Data Streams.
 */
import { takeSample } from '../sample.ts'
import { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { columnsOf } from './marginal-detector.ts'
import { NearestDistances } from './nearest-distances.ts'
import { NeighbourWindow } from './neighbour-window.ts'

const ID = 'lof'
const MOST = 1e6 // a sample beside duplicates is endlessly less dense than they

/** Which neighbours, and among how many. */
export interface WindowLofParameters {
  /** An integer >= 2; default 20. */
  readonly neighbours: number
  /** How many of the last samples, more than neighbours + 1; default 256. */
  readonly window: number
  /** Whether columns are divided by their standard deviation in the window; default true. */
  readonly standardize: boolean
}

/** How large the parameters may be. */
export const WINDOW_LOF_LIMITS: { readonly neighbours: number; readonly window: number } = {
  neighbours: 100,
  window: 2048,
}

/**
 * Scores are ratios in [0, 1e6], 1 for a sample as dense as its neighbours, high is abnormal; 0 while there are no more than
 * neighbours + 1 samples. Deviations are taken as samples arrive, and anew where one has doubled or halved. Cost: time
 * O(w * d + k * w) a sample, memory O(w^2).
 */
export class WindowLof implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: WindowLofParameters
  readonly #nearest: NearestDistances
  readonly #sample: Float64Array
  #window: NeighbourWindow
  #learned = 0

  constructor(columns: number, parameters: WindowLofParameters) {
    const { neighbours, window, standardize } = parameters
    this.columns = columns
    this.#parameters = parameters
    this.#nearest = new NearestDistances(neighbours)
    this.#window = new NeighbourWindow(window, columns, neighbours, standardize)
    this.#sample = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#window.count > this.#parameters.neighbours + 1
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#learned++
    this.#window.add(this.#sample)
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    const score = this.#score()
    this.#learned++
    this.#window.add(this.#sample)
    return score
  }

  toJSON(): StreamDetectorState {
    const { columns } = this
    return { id: ID, format: 1, columns, learned: this.#learned, ...this.#parameters, ...this.#window.toState() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): WindowLof {
    const reader = StateReader.ofPart(state, ID)
    const columns = columnsOf(reader)
    const window = reader.integer('window', 4, WINDOW_LOF_LIMITS.window)
    const parameters = {
      neighbours: reader.integer('neighbours', 2, Math.min(window - 2, WINDOW_LOF_LIMITS.neighbours)),
      window,
      standardize: reader.flag('standardize'),
    }
    const detector = new WindowLof(columns, parameters)
    detector.#learned = reader.integer('learned')
    detector.#window = NeighbourWindow.fromState(reader, window, columns, parameters.neighbours, parameters.standardize)
    return detector
  }

  #score(): number {
    if (!this.isReady) return 0
    this.#window.nearestTo(this.#sample, this.#nearest)
    const own = this.#window.meanReach(this.#nearest)
    const { count, slots } = this.#nearest
    let sum = 0
    for (let i = 0; i < count; i++) {
      const other = this.#window.meanReachOf(slots[i] as number)
      sum += own === other ? 1 : Math.min(MOST, own / other) // 0 / 0 among duplicates is 1
    }
    return sum / count
  }
}
