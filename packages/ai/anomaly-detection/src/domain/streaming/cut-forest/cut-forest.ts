/**
 * A robust random cut forest: every tree holds its own time-decayed sample of the stream, all of them share the points.
 * Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on
 * Streams, ICML.
 */
import { type RandomStream, randomStream, type RandomStreamState } from '../../numeric/random-stream.ts'
import { addAttribution } from './cut-forest-attribution.ts'
import { cutTreeScore } from './cut-forest-score.ts'
import { type CutForestState, pointPlaces, pointRows, restoredTree } from './cut-forest-state.ts'
import { cutTreeState } from './cut-tree-state.ts'
import { CutTree } from './cut-tree.ts'
import { nearestLeafPoint } from './nearest-leaf.ts'
import { PointStore } from './point-store.ts'
import { TimeDecayedSample } from './time-decayed-sample.ts'

/** How large a cut forest is and how it forgets. */
export interface CutForestShape {
  /** How many numbers a point has. */
  readonly dimensions: number
  readonly trees: number
  /** Points a tree, at most. */
  readonly sampleSize: number
  /** >= 0: the chance of a point to stay in a sample falls by e^-timeDecay with each later one. */
  readonly timeDecay: number
}

/** Points are finite: whoever calls has checked them. */
export class CutForest {
  readonly #shape: CutForestShape
  readonly #store: PointStore
  readonly #trees: ReadonlyArray<CutTree>
  readonly #samples: ReadonlyArray<TimeDecayedSample>
  readonly #random: RandomStream
  readonly #outside: Int32Array
  readonly #gone: Float64Array
  #learned = 0

  /** @param from - a seed, or a state that a forest of this shape gave @throws `invalid-stream-state` */
  constructor(shape: CutForestShape, from: number | CutForestState) {
    const isNew = typeof from === 'number'
    const { dimensions, trees, sampleSize, timeDecay } = shape
    this.#shape = shape
    this.#store = new PointStore(dimensions)
    this.#random = randomStream(isNew ? from : (from.random as RandomStreamState)) // of four numbers, or it is refused
    this.#outside = new Int32Array(dimensions)
    this.#gone = new Float64Array(dimensions)
    const path = new Int32Array(sampleSize)
    const grown = Array.from({ length: trees }, () => new CutTree(this.#store, sampleSize, path))
    this.#trees = grown
    if (isNew) {
      this.#samples = grown.map(() => new TimeDecayedSample(sampleSize, timeDecay))
      return
    }
    this.#learned = from.learned
    const rows = pointRows(this.#store, from.points)
    this.#samples = grown.map((tree, place) => {
      const sample = restoredTree(tree, from.trees[place], rows)
      return new TimeDecayedSample(sampleSize, timeDecay, sample)
    })
    for (const row of rows) this.#store.release(row)
  }

  /** Points learned from so far. */
  get learned(): number {
    return this.#learned
  }

  /** Points in memory: at most trees * sampleSize, and far fewer, as trees share them. */
  get points(): number {
    return this.#store.size
  }

  /** The mean over the trees, see `cutTreeScore`; 0 where it has learned nothing. */
  score(point: Float64Array): number {
    if (this.#learned === 0) return 0
    let sum = 0
    for (const tree of this.#trees) sum += cutTreeScore(tree, point, this.#outside)
    return sum / this.#trees.length
  }

  /** What each number of a point adds to its score by being too high, and too low; shapes (dimensions). */
  attribute(point: Float64Array): { readonly high: Float64Array; readonly low: Float64Array } {
    const { dimensions } = this.#shape
    const high = new Float64Array(dimensions)
    const low = new Float64Array(dimensions)
    if (this.#learned === 0) return { high, low }
    const own = new Float64Array(2 * dimensions)
    for (const tree of this.#trees) addAttribution(tree, point, high, low, own)
    const share = (sum: number): number => sum / this.#trees.length
    return { high: high.map(share), low: low.map(share) }
  }

  /**
   * Fills what is not known of a point: the median over the trees of the nearest point of each. Nothing is filled
   * where it has learned nothing.
   * @param missing - shape (dimensions), 1 where a number is not known
   */
  impute(point: Float64Array, missing: Uint8Array): void {
    if (this.#learned === 0) return
    const nearest = this.#trees.map((tree) => nearestLeafPoint(tree, point, missing))
    const { dimensions, values } = this.#store
    for (let k = 0; k < dimensions; k++) {
      if (missing[k] !== 1) continue
      const sorted = Float64Array.from(nearest, (index) => values[index * dimensions + k] ?? 0).sort()
      const half = sorted.length >> 1
      const upper = sorted[half] ?? 0
      const lower = sorted.length % 2 === 1 ? upper : (sorted[half - 1] ?? 0)
      point[k] = lower + (upper - lower) / 2
    }
  }

  /** Each tree takes the point into its sample, or does not. */
  learn(point: Float64Array): void {
    let index = -1
    for (let place = 0; place < this.#trees.length; place++) {
      const key = (this.#samples[place] as TimeDecayedSample).draw(this.#learned, this.#random) // one a tree
      if (Number.isNaN(key)) continue
      if (index === -1) index = this.#store.add(point)
      this.#exchange(place, key, point, index)
    }
    if (index !== -1) this.#store.release(index)
    this.#learned++
  }

  toJSON(): CutForestState {
    const { rows, placeOf } = pointPlaces(this.#store, this.#trees)
    return {
      learned: this.#learned,
      random: this.#random.toJSON(),
      points: rows,
      trees: this.#trees.map((tree, place) => {
        const { keys = [], items = [] } = this.#samples[place]?.toJSON() ?? {}
        return { ...cutTreeState(tree, placeOf), keys, items: items.map(placeOf) }
      }),
    }
  }

  #exchange(place: number, key: number, point: Float64Array, index: number): void {
    const tree = this.#trees[place] as CutTree // whoever calls counts them
    const sample = this.#samples[place] as TimeDecayedSample
    if (sample.isFull) {
      const oldest = sample.itemAt(0)
      const { values, dimensions } = this.#store
      for (let k = 0; k < dimensions; k++) this.#gone[k] = values[oldest * dimensions + k] ?? 0
      tree.remove(this.#gone)
      this.#store.release(oldest)
    }
    const kept = tree.insert(point, index, this.#random)
    this.#store.retain(kept)
    sample.put(key, kept)
  }
}
