/**
 * Distance to the nearest of the last samples.
 * Source: S. Ramaswamy, R. Rastogi, K. Shim (2000), Efficient Algorithms for Mining Outliers from Large Data Sets, over a sliding
 * window as in F. Angiulli, F. Fassetti (2007), Detecting Distance-Based Outliers in Streams of Data.
 */
import { FeatureScales } from '../feature-scales.ts'
import { takeSample } from '../sample.ts'
import { SlidingRows } from '../sliding-rows.ts'
import { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { columnsOf } from './marginal-detector.ts'
import { NearestDistances } from './nearest-distances.ts'

const ID = 'knn'
const MOST_DEVIATIONS = 1e6 // a column that was constant until now: any change is endlessly many deviations away

/** Which neighbours, and among how many. */
export interface WindowKnnParameters {
  /** An integer >= 1; default 5. */
  readonly neighbours: number
  /** How many of the last samples, more than neighbours; default 500. */
  readonly window: number
  /** 'largest', the default: the distance to the last of the neighbours; 'mean': the mean over all of them. */
  readonly distance: 'largest' | 'mean'
  /** Whether columns are divided by their standard deviation in the window; default true. */
  readonly standardize: boolean
}

/** How large the parameters may be. */
export const WINDOW_KNN_LIMITS: { readonly neighbours: number; readonly window: number } = {
  neighbours: 1000,
  window: 65_536,
}

/**
 * Scores are Euclidean distances, >= 0, in standard deviations or in the columns' unit; high is abnormal; 0 while there are no
 * more samples than neighbours. Deviations are taken at 2, 4, 8, ... samples and then once a window. Cost: time O(w * d) a
 * sample, memory O(w * d).
 */
export class WindowKnn implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: WindowKnnParameters
  readonly #nearest: NearestDistances
  readonly #sample: Float64Array
  #rows: SlidingRows
  #scales: FeatureScales
  #learned = 0

  constructor(columns: number, parameters: WindowKnnParameters) {
    this.columns = columns
    this.#parameters = parameters
    this.#nearest = new NearestDistances(parameters.neighbours)
    this.#rows = new SlidingRows(parameters.window, columns)
    this.#scales = FeatureScales.none(columns)
    this.#sample = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#rows.count > this.#parameters.neighbours
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    const score = this.#score()
    this.#learn()
    return score
  }

  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      columns: this.columns,
      learned: this.#learned,
      ...this.#parameters,
      scales: this.#scales.toJSON(),
      ...this.#rows.toState(),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): WindowKnn {
    const reader = StateReader.ofPart(state, ID)
    const columns = columnsOf(reader)
    const window = reader.integer('window', 2, WINDOW_KNN_LIMITS.window)
    const detector = new WindowKnn(columns, {
      neighbours: reader.integer('neighbours', 1, Math.min(window - 1, WINDOW_KNN_LIMITS.neighbours)),
      window,
      distance: reader.oneOf('distance', ['largest', 'mean']),
      standardize: reader.flag('standardize'),
    })
    detector.#learned = reader.integer('learned')
    detector.#rows = SlidingRows.fromState(reader, window, columns)
    detector.#scales = FeatureScales.fromState(new StateReader(reader.part('scales'), `scales of ${ID}`), columns)
    return detector
  }

  #score(): number {
    if (!this.isReady) return 0
    const nearest = this.#nearest
    nearest.clear()
    this.#search()
    if (this.#parameters.distance === 'largest') return Math.sqrt(nearest.limit)
    let sum = 0
    for (let i = 0; i < nearest.count; i++) sum += Math.sqrt(nearest.distances[i] as number)
    return sum / nearest.count
  }

  #search(): void {
    const nearest = this.#nearest
    const sample = this.#sample
    const columns = this.columns
    const { data, count } = this.#rows
    const { inverses } = this.#scales
    const farthest = this.#parameters.standardize ? MOST_DEVIATIONS ** 2 : Number.MAX_VALUE
    let limit = farthest
    for (let slot = 0, at = 0; slot < count; slot++, at += columns) {
      let squares = 0
      for (let column = 0; column < columns; column++) {
        const difference = ((data[at + column] as number) - (sample[column] as number)) * (inverses[column] as number)
        squares += difference * difference
      }
      if (squares < limit) {
        nearest.offer(squares, slot)
        limit = Math.min(farthest, nearest.limit)
      } else if (nearest.count < nearest.capacity) {
        nearest.offer(farthest, slot)
      }
    }
  }

  #learn(): void {
    this.#learned++
    this.#rows.add(this.#sample)
    const { data, count, size } = this.#rows
    const isDue = count < size ? (count & (count - 1)) === 0 && count > 1 : this.#rows.nextSlot === 0
    if (this.#parameters.standardize && isDue) this.#scales = FeatureScales.of(data, count, this.columns)
  }
}
