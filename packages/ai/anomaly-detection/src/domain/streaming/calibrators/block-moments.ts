/**
 * Mean and variance of the last numbers of a stream, kept in blocks: the oldest block is forgotten as a whole.
 * Source: T. Chan, G. Golub, R. LeVeque (1979), Updating Formulae and a Pairwise Algorithm for Computing Sample
 * Variances, for adding one number and for joining two blocks.
 */

/** Blocks as plain data, three numbers a block: how many numbers, their mean, their sum of squares about it. */
export interface BlockMomentsState {
  /** The oldest first; the last one may be open. */
  readonly blocks: ReadonlyArray<number>
}

const FIELDS = 3

/** Memory is in the number of blocks, whatever their length. */
export class BlockMoments {
  readonly #blockSize: number
  readonly #blocks: Float64Array // a ring
  #first = 0
  #used: number

  constructor(blockSize: number, blocks: number, from?: BlockMomentsState) {
    this.#blockSize = blockSize
    this.#blocks = new Float64Array((blocks + 1) * FIELDS) // the open one beside the full ones
    this.#blocks.set(from?.blocks ?? [])
    this.#used = (from?.blocks.length ?? 0) / FIELDS
  }

  /** @returns whether it made a block full */
  add(value: number): boolean {
    const blocks = this.#blocks
    let at = this.#placeOf(this.#used - 1)
    if (this.#used === 0 || blocks[at] === this.#blockSize) at = this.#open()
    const count = (blocks[at] ?? 0) + 1
    const mean = blocks[at + 1] ?? 0
    const moved = mean + (value - mean) / count
    blocks[at] = count
    blocks[at + 1] = moved
    blocks[at + 2] = (blocks[at + 2] ?? 0) + (value - mean) * (value - moved)
    return count === this.#blockSize
  }

  /** Of all that is kept; the variance of the numbers as they are (n in the denominator). 0 and 0 of nothing. */
  moments(): { readonly mean: number; readonly variance: number } {
    let [count, mean, squares] = [0, 0, 0]
    for (let block = 0; block < this.#used; block++) {
      const at = this.#placeOf(block)
      const more = this.#blocks[at] ?? 0
      const difference = (this.#blocks[at + 1] ?? 0) - mean
      const all = count + more
      squares += (this.#blocks[at + 2] ?? 0) + ((difference * difference * count) / all) * more
      mean += (difference * more) / all
      count = all
    }
    return { mean, variance: count === 0 ? 0 : squares / count }
  }

  toJSON(): BlockMomentsState {
    return {
      blocks: Array.from(
        { length: this.#used * FIELDS },
        (_, place) => this.#blocks[this.#placeOf(Math.floor(place / FIELDS)) + (place % FIELDS)] ?? 0,
      ),
    }
  }

  #open(): number {
    if (this.#used * FIELDS === this.#blocks.length) this.#first = (this.#first + FIELDS) % this.#blocks.length
    else this.#used++
    const at = this.#placeOf(this.#used - 1)
    this.#blocks.fill(0, at, at + FIELDS)
    return at
  }

  #placeOf(block: number): number {
    return (this.#first + block * FIELDS) % this.#blocks.length
  }
}
