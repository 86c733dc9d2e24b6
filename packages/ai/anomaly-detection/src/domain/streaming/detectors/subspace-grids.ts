import { sampleWithoutReplacement } from '../../numeric/sample.ts'

const FARTHEST_CELL = 2 ** 30 // cells beyond are one: their numbers must stay whole 32-bit integers
const SLOTS_PER_SAMPLE = 8 // of the hash table: one cell in nine shares its count with another

/**
 * Grids of random subspaces, with cells of random width and place, and how many samples lie in each cell.
 * Source: S. Sathe, C. Aggarwal (2016), Subspace Outlier Detection in Linear Time with Randomized Hashing, section III.
 */
export class SubspaceGrids {
  // Of each grid: where its entries begin in the flat lists below; shape (grids + 1).
  readonly #starts: Int32Array
  readonly #features: Int32Array
  readonly #offsets: Float64Array
  readonly #multipliers: Int32Array
  // Shape (grids): cells per unit.
  readonly #perUnit: Float64Array
  readonly #slots: number
  readonly #counts: Uint16Array
  readonly #logs: Float64Array
  readonly #window: number

  /**
   * @param window - samples that are counted at a time, at most 65,535
   * @param random - uniform on [0, 1)
   */
  constructor(columns: number, grids: number, window: number, random: () => number) {
    this.#window = window
    this.#slots = 2 ** Math.ceil(Math.log2(SLOTS_PER_SAMPLE * window))
    this.#counts = new Uint16Array(grids * this.#slots)
    this.#logs = Float64Array.from({ length: window + 1 }, (_, count) => Math.log2(1 + count))
    this.#starts = new Int32Array(grids + 1)
    this.#perUnit = new Float64Array(grids)
    const features: number[] = []
    const offsets: number[] = []
    const multipliers: number[] = []
    const least = 1 / Math.sqrt(Math.max(window, 5)) // leaves a width to choose for tiny windows, too
    for (let grid = 0; grid < grids; grid++) {
      const width = least + random() * (1 - 2 * least)
      const most = Math.log(window) / Math.log(Math.max(2, 1 / width))
      const dimensions = Math.max(1, Math.min(columns, Math.round(1 + most / 2 + random() * (most / 2 - 1))))
      this.#perUnit[grid] = 1 / width
      for (const feature of sampleWithoutReplacement(columns, dimensions, random).sort()) {
        features.push(feature)
        offsets.push(random())
        multipliers.push(Math.floor(random() * 2 ** 31) * 2 + 1)
      }
      this.#starts[grid + 1] = features.length
    }
    this.#features = Int32Array.from(features)
    this.#offsets = Float64Array.from(offsets)
    this.#multipliers = Int32Array.from(multipliers, (value) => value | 0)
  }

  /** @param point - shape (columns), in the ranges of the columns; @param by - 1 or, for one that was counted, -1 */
  count(point: Float64Array, by: 1 | -1): void {
    for (let grid = 0; grid < this.#perUnit.length; grid++) {
      const slot = this.#slotOf(grid, point)
      this.#counts[slot] = (this.#counts[slot] as number) + by
    }
  }

  /** log2(1 + window) minus the mean over the grids of log2(1 + count). */
  rarity(point: Float64Array): number {
    let sum = 0
    for (let grid = 0; grid < this.#perUnit.length; grid++) {
      sum += this.#logs[this.#counts[this.#slotOf(grid, point)] as number] as number
    }
    return Math.max(0, (this.#logs[this.#window] as number) - sum / this.#perUnit.length)
  }

  clear(): void {
    this.#counts.fill(0)
  }

  #slotOf(grid: number, point: Float64Array): number {
    const perUnit = this.#perUnit[grid] as number
    const end = this.#starts[grid + 1] as number
    let hash = 0
    for (let i = this.#starts[grid] as number; i < end; i++) {
      const place = (point[this.#features[i] as number] as number) * perUnit + (this.#offsets[i] as number)
      const cell = Math.floor(Math.min(FARTHEST_CELL, Math.max(-FARTHEST_CELL, place)))
      hash = Math.imul(hash ^ (hash >>> 15) ^ cell, this.#multipliers[i] as number)
    }
    hash ^= hash >>> 16
    hash = Math.imul(hash, 0x85ebca6b)
    return grid * this.#slots + (((hash ^ (hash >>> 13)) >>> 0) & (this.#slots - 1))
  }
}
