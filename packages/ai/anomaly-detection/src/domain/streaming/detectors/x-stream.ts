/**
 * xStream: sparse random projections, and chains of ever finer grids over them; a sample scores high where no grid, coarse or
 * fine, counted many of the window's samples in its cell. Source: E. Manzoor, H. Lamba, L. Akoglu (2018), xStream: Outlier
 * Detection in Feature-Evolving Data Streams, KDD. Here the columns are fixed, and the chains are counted anew of each window.
 */
import { randomStream } from '../../numeric/random-stream.ts'
import { FeatureScales } from '../feature-scales.ts'
import { StateReader } from '../state-reader.ts'
import { type WindowModel, WindowModelDetector, type WindowModelParts } from './window-model.ts'

/** How many projections and chains, and how deep. */
export interface XStreamParameters {
  /** An integer >= 1; default 100. */
  readonly projections: number
  /** An integer >= 1; default 100. */
  readonly chains: number
  /** Grids a chain, an integer >= 1; default 15 (PySAD 25: beyond the logarithm of the window they count nothing). */
  readonly depth: number
  /** Samples a window, an integer >= 2; default 256 (PySAD 25). */
  readonly window: number
}

/** How large the parameters may be. */
export const X_STREAM_LIMITS: {
  readonly projections: number
  readonly chains: number
  readonly depth: number
  readonly window: number
} = { projections: 1000, chains: 1000, depth: 50, window: 16_384 }

/**
 * Scores are log2(1 + w) minus the mean over the chains of the least over the grids of log2(1 + count) + depth, high is
 * abnormal; at most log2(1 + w) - 1, below 0 for samples in dense places. Counts are those of a hash table, so that two cells
 * may now and then share one. Cost: time O(projections * d + chains * depth) a sample, once a window for all of it; memory
 * O(chains * depth * window).
 */
export function createXStream(columns: number, seed: number, parameters: XStreamParameters): WindowModelDetector {
  return new WindowModelDetector(partsOf(columns, seed, parameters))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreXStream(state: unknown): WindowModelDetector {
  const reader = StateReader.ofPart(state, ID)
  const parameters = {
    projections: reader.integer('projections', 1, X_STREAM_LIMITS.projections),
    chains: reader.integer('chains', 1, X_STREAM_LIMITS.chains),
    depth: reader.integer('depth', 1, X_STREAM_LIMITS.depth),
    window: reader.integer('window', 2, X_STREAM_LIMITS.window),
  }
  if (!xStreamFits(parameters)) throw reader.fault('chains', 'so many counts are not kept')
  return WindowModelDetector.fromState(reader, (columns, seed) => partsOf(columns, seed, parameters))
}

/** Whether there is memory for the counts. */
export function xStreamFits({ chains, depth, window }: XStreamParameters): boolean {
  return chains * depth * window <= 2 ** 26
}

const ID = 'xstream'
const FARTHEST_CELL = 2 ** 30 // cells beyond are one: their numbers must stay whole 32-bit integers

function partsOf(columns: number, seed: number, parameters: XStreamParameters): WindowModelParts {
  const model = new Chains(columns, seed, parameters)
  return { id: ID, columns, seed, window: parameters.window, parameters: { ...parameters }, model }
}

class Chains implements WindowModel {
  readonly #columns: number
  readonly #parameters: XStreamParameters
  // Shape (projections, columns), most of them 0.
  readonly #drawn: Float64Array
  // Shapes (chains, depth): which projection a grid is finer in, and where its cells begin, in [0, 1) of a coarsest cell.
  readonly #axes: Int32Array
  readonly #shifts: Float64Array
  // Shape (chains, slots): samples a cell, by hash.
  readonly #counts: Uint16Array
  readonly #slots: number
  readonly #projected: Float64Array
  // Shape (projections): half the width of the window along each, inverted.
  readonly #inverseWidths: Float64Array
  // Shape (projections): where the sample stands in the grid, and the last walk through a chain that placed it there.
  readonly #places: Float64Array
  readonly #placedIn: Int32Array
  readonly #cells: Int32Array
  readonly #logs: Float64Array
  #walk = 0
  #scales: FeatureScales

  constructor(columns: number, seed: number, parameters: XStreamParameters) {
    const { projections, chains, depth, window } = parameters
    const { next } = randomStream(seed)
    this.#columns = columns
    this.#parameters = parameters
    this.#drawn = sparseProjections(projections, columns, next)
    this.#axes = Int32Array.from({ length: chains * depth }, () => Math.floor(next() * projections))
    this.#shifts = new Float64Array(chains * depth)
    for (let chain = 0; chain < chains; chain++) this.#drawShifts(chain, next)
    this.#slots = 2 ** Math.ceil(Math.log2(2 * window * depth))
    this.#counts = new Uint16Array(chains * this.#slots)
    this.#projected = new Float64Array(projections)
    this.#inverseWidths = new Float64Array(projections)
    this.#places = new Float64Array(projections)
    this.#placedIn = new Int32Array(projections)
    this.#cells = new Int32Array(projections)
    this.#logs = Float64Array.from({ length: window + 1 }, (_, count) => Math.log2(1 + count))
    this.#scales = FeatureScales.none(columns)
  }

  fit(rows: Float64Array, count: number): void {
    const { projections, chains, depth } = this.#parameters
    this.#scales = FeatureScales.of(rows, count, this.#columns)
    const least = new Float64Array(projections).fill(Infinity)
    const greatest = new Float64Array(projections).fill(-Infinity)
    for (let row = 0; row < count; row++) {
      this.#project(rows, row * this.#columns)
      for (let i = 0; i < projections; i++) {
        least[i] = Math.min(least[i] as number, this.#projected[i] as number)
        greatest[i] = Math.max(greatest[i] as number, this.#projected[i] as number)
      }
    }
    for (let i = 0; i < projections; i++) {
      const half = ((greatest[i] as number) - (least[i] as number)) / 2
      this.#inverseWidths[i] = half > 0 ? Math.min(2 ** 500, 1 / half) : 1
    }
    this.#counts.fill(0)
    for (let row = 0; row < count; row++) {
      this.#project(rows, row * this.#columns)
      for (let chain = 0; chain < chains; chain++) {
        let hash = this.#enter(chain)
        for (let level = 0; level < depth; level++) {
          hash = this.#refine(chain, level, hash)
          const slot = this.#slotOf(chain, level, hash)
          this.#counts[slot] = (this.#counts[slot] as number) + 1
        }
      }
    }
  }

  score(sample: Float64Array): number {
    const { chains, depth, window } = this.#parameters
    this.#project(sample, 0)
    let sum = 0
    for (let chain = 0; chain < chains; chain++) {
      let hash = this.#enter(chain)
      let least = Infinity
      for (let level = 0; level < depth; level++) {
        hash = this.#refine(chain, level, hash)
        const count = Math.min(window, this.#counts[this.#slotOf(chain, level, hash)] as number)
        const density = (this.#logs[count] as number) + level + 1
        if (density < least) least = density
        if (level + 2 >= least) break // finer grids cannot be less dense
      }
      sum += least
    }
    return (this.#logs[window] as number) - sum / chains
  }

  #project(rows: Float64Array, start: number): void {
    const { lows, inverses } = this.#scales
    const columns = this.#columns
    for (let i = 0; i < this.#projected.length; i++) {
      let sum = 0
      for (let column = 0; column < columns; column++) {
        const weight = this.#drawn[i * columns + column] as number
        if (weight !== 0)
          sum += ((rows[start + column] as number) - (lows[column] as number)) * (inverses[column] as number) * weight
      }
      this.#projected[i] = sum
    }
  }

  #enter(chain: number): number {
    this.#walk = (this.#walk + 1) | 0
    return chain
  }

  // One projection's cells become half as wide (where it is new: are made); the hash is the sum of those of all cells.
  #refine(chain: number, level: number, hash: number): number {
    const at = chain * this.#parameters.depth + level
    const axis = this.#axes[at] as number
    const shift = this.#shifts[at] as number
    const place =
      this.#placedIn[axis] === this.#walk
        ? 2 * (this.#places[axis] as number) - shift
        : (this.#projected[axis] as number) * (this.#inverseWidths[axis] as number) + shift
    const without = this.#placedIn[axis] === this.#walk ? hash - cellHash(axis, this.#cells[axis] as number) : hash
    this.#placedIn[axis] = this.#walk
    this.#places[axis] = Math.min(FARTHEST_CELL, Math.max(-FARTHEST_CELL, place))
    this.#cells[axis] = Math.floor(this.#places[axis])
    return (without + cellHash(axis, this.#cells[axis])) | 0
  }

  #slotOf(chain: number, level: number, hash: number): number {
    return chain * this.#slots + ((mixed(hash ^ Math.imul(level + 1, 0x9e3779b9)) >>> 0) & (this.#slots - 1))
  }

  // A projection keeps its shift through a chain.
  #drawShifts(chain: number, next: () => number): void {
    const { projections, depth } = this.#parameters
    const own = Float64Array.from({ length: projections }, next)
    for (let at = chain * depth; at < (chain + 1) * depth; at++)
      this.#shifts[at] = own[this.#axes[at] as number] as number
  }
}

// Two thirds of the weights are 0 (D. Achlioptas, 2003); a projection that saw no column at all would say nothing.
function sparseProjections(projections: number, columns: number, next: () => number): Float64Array {
  const weights = new Float64Array(projections * columns)
  for (let i = 0; i < projections; i++) {
    const own = weights.subarray(i * columns, (i + 1) * columns)
    while (own.every((weight) => weight === 0)) {
      for (let column = 0; column < columns; column++) {
        const u = next()
        own[column] = u < 1 / 6 ? -1 : u < 1 / 3 ? 1 : 0
      }
    }
  }
  return weights
}

function cellHash(axis: number, cell: number): number {
  return mixed(Math.imul(axis + 1, 0x85ebca6b) ^ Math.imul(cell, 0x27d4eb2f))
}

/** The finalizer of MurmurHash3: each bit of the input moves half of the output's. */
function mixed(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
