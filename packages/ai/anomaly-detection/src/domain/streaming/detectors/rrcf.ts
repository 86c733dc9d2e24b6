/**
 * Robust random cut forest with collusive displacement over the last samples: how many others a sample, or the group
 * that it belongs to, pushes down.
 * Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on
 * Streams, ICML; as the package rrcf streams it (first in, first out).
 */
import { type RandomStream, randomStream, type RandomStreamState } from '../../numeric/random-stream.ts'
import { cutTreeState, type CutTreeState } from '../cut-forest/cut-tree-state.ts'
import { CutTree } from '../cut-forest/cut-tree.ts'
import { collusiveDisplacement, collusiveDisplacementOnceInserted } from '../cut-forest/displacement.ts'
import { PointStore } from '../cut-forest/point-store.ts'
import { Shingle, type ShingleState } from '../cut-forest/shingle.ts'
import { takeSample } from '../sample.ts'
import type { StreamDetector } from '../stream-detector.ts'
import { restoreRrcfTrees } from './rrcf-state.ts'

/** What a robust random cut forest can be told. */
export interface RrcfParameters {
  /** Default 40. */
  readonly trees: number
  /** How many points every tree keeps, the last ones; default 256. */
  readonly windowSize: number
  /** Samples to learn from before the first score; default windowSize / 4. */
  readonly outputAfter: number
  /** How many samples in a row make a point; default 1. */
  readonly shingleSize: number
}

/** The defaults where all are left out. */
export const rrcfDefaults: RrcfParameters = { trees: 40, windowSize: 256, outputAfter: 64, shingleSize: 1 }

/** The state of a robust random cut forest, see `StreamDetectorState`. */
export interface RrcfState {
  readonly id: 'rrcf'
  readonly format: 1
  readonly [field: string]: unknown
  readonly columns: number
  readonly parameters: RrcfParameters
  readonly random: ReadonlyArray<number>
  readonly shingle: ShingleState
  /** The points of the window one after another, the oldest first. */
  readonly window: ReadonlyArray<number>
  /** A leaf names the oldest of its points in `window`. */
  readonly trees: ReadonlyArray<CutTreeState>
}

/**
 * The score is the mean collusive displacement over the trees: 1 or below for what lies among others, near windowSize for
 * a sample far off all of them.
 */
export class Rrcf implements StreamDetector {
  readonly id = 'rrcf'
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: RrcfParameters
  readonly #random: RandomStream
  readonly #shingle: Shingle
  readonly #store: PointStore
  readonly #trees: ReadonlyArray<CutTree>
  readonly #ring: Int32Array // of the indices of the points in the trees, and one place more
  readonly #sample: Float64Array
  readonly #point: Float64Array
  readonly #oldest: Float64Array
  readonly #nothingMissing: Uint8Array
  #start = 0
  #held = 0

  /** @param from - a seed, or a state to go on from @throws AnomalyDetectionError `invalid-stream-state` */
  constructor(columns: number, parameters: RrcfParameters, from: number | RrcfState) {
    const isNew = typeof from === 'number'
    const { trees, windowSize, shingleSize } = parameters
    const dimensions = columns * shingleSize
    this.columns = columns
    this.#parameters = parameters
    this.#random = randomStream(isNew ? from : (from.random as RandomStreamState)) // of four numbers, or it is refused
    this.#shingle = new Shingle(columns, shingleSize, false, isNew ? undefined : from.shingle)
    this.#store = new PointStore(dimensions)
    const path = new Int32Array(windowSize + 1) // the newest goes in before the oldest goes out
    this.#trees = Array.from({ length: trees }, () => new CutTree(this.#store, windowSize + 1, path))
    this.#ring = new Int32Array(windowSize + 1)
    this.#sample = new Float64Array(columns)
    this.#point = new Float64Array(dimensions)
    this.#oldest = new Float64Array(dimensions)
    this.#nothingMissing = new Uint8Array(dimensions)
    if (isNew) return
    const indices = restoreRrcfTrees(this.#store, this.#trees, from, windowSize)
    this.#ring.set(indices)
    this.#held = indices.length
  }

  static fromJSON(state: RrcfState): Rrcf {
    return new Rrcf(state.columns, state.parameters, state)
  }

  get learned(): number {
    return this.#shingle.taken
  }

  get isReady(): boolean {
    return this.#held > 0 && this.#held >= Math.min(this.#parameters.outputAfter, this.#parameters.windowSize)
  }

  scoreOne(sample: ArrayLike<number>): number {
    this.#compose(sample)
    if (!this.isReady) return 0
    const random = randomStream(this.#random.toJSON()) // what the insertion will draw
    let sum = 0
    for (const tree of this.#trees) sum += collusiveDisplacementOnceInserted(tree, this.#point, random)
    return sum / this.#trees.length
  }

  learnOne(sample: ArrayLike<number>): void {
    this.scoreThenLearn(sample)
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    this.#compose(sample)
    const isWhole = this.#shingle.isNearlyWhole
    const wasReady = this.isReady
    this.#shingle.take(this.#point, this.#nothingMissing)
    if (!isWhole) return 0
    const sum = this.#insert()
    if (this.#held > this.#parameters.windowSize) this.#forgetOldest()
    return wasReady ? sum / this.#trees.length : 0
  }

  toJSON(): RrcfState {
    const { dimensions, values } = this.#store
    const window: number[] = []
    const places = new Map<number, number>()
    for (let place = 0; place < this.#held; place++) {
      const index = this.#ring[(this.#start + place) % this.#ring.length] ?? 0
      if (!places.has(index)) places.set(index, place)
      for (let k = 0; k < dimensions; k++) window.push(values[index * dimensions + k] ?? 0)
    }
    return {
      id: 'rrcf',
      format: 1,
      columns: this.columns,
      parameters: this.#parameters,
      random: this.#random.toJSON(),
      shingle: this.#shingle.toJSON(),
      window,
      trees: this.#trees.map((tree) => cutTreeState(tree, (index) => places.get(index) ?? 0)),
    }
  }

  #compose(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#shingle.compose(this.#sample, this.#point)
  }

  // All trees hold the same points, so that an equal point has the same index in each of them.
  #insert(): number {
    let index = this.#store.add(this.#point)
    const added = index
    let sum = 0
    for (const tree of this.#trees) {
      index = tree.insert(this.#point, added, this.#random)
      sum += collusiveDisplacement(tree, this.#point)
    }
    this.#store.retain(index)
    this.#store.release(added)
    this.#ring[(this.#start + this.#held) % this.#ring.length] = index
    this.#held++
    return sum
  }

  #forgetOldest(): void {
    const index = this.#ring[this.#start] ?? 0
    const { dimensions, values } = this.#store
    for (let k = 0; k < dimensions; k++) this.#oldest[k] = values[index * dimensions + k] ?? 0
    for (const tree of this.#trees) tree.remove(this.#oldest)
    this.#store.release(index)
    this.#start = (this.#start + 1) % this.#ring.length
    this.#held--
  }
}
