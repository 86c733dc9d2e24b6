/**
 * A random sample of a stream that prefers what came late: the weight of an item falls by the factor e^-decay with each
 * one that comes after it.
 * Source: P. Efraimidis, P. Spirakis (2006), Weighted random sampling with a reservoir: the items with the least
 * -ln(u) / weight are kept; logarithms of these keys, so that weights of a long stream do not overflow.
 */
import type { RandomStream } from '../../numeric/random-stream.ts'

const REFUSAL_SPAN = 64 // positions for which one bound of what is surely refused holds

const HALF_STEP = 2 ** -33 // of the random numbers: keeps them off 0, whose logarithm is no number

/** Keys and items, as they lie in the heap. */
export interface TimeDecayedSampleState {
  readonly keys: ReadonlyArray<number>
  readonly items: ReadonlyArray<number>
}

/** A bounded sample of whole numbers >= 0. */
export class TimeDecayedSample {
  readonly #decay: number
  readonly #keys: Float64Array // a heap, the largest first
  readonly #items: Int32Array
  #size: number
  #refused = Number.NEGATIVE_INFINITY // uniform numbers up to it are refused before #refusedUntil
  #refusedUntil = 0

  /** @param decay - >= 0; 0 is a plain uniform sample */
  constructor(capacity: number, decay: number, from?: TimeDecayedSampleState) {
    this.#decay = decay
    this.#keys = new Float64Array(capacity)
    this.#items = new Int32Array(capacity)
    this.#keys.set(from?.keys ?? [])
    this.#items.set(from?.items ?? [])
    this.#size = from?.items.length ?? 0
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size === this.#keys.length
  }

  itemAt(place: number): number {
    return this.#items[place] ?? -1
  }

  /**
   * Draws whether the next item of the stream belongs to the sample.
   * @param position - how many items came before it
   * @returns the key to give to `put`; NaN where it does not belong. Always a key while the sample is not full.
   */
  draw(position: number, random: RandomStream): number {
    const uniform = random.next() + HALF_STEP
    if (!this.isFull) return Math.log(-Math.log(uniform)) - this.#decay * position
    if (position >= this.#refusedUntil) this.#foretellRefusal(position)
    if (uniform <= this.#refused) return Number.NaN
    const bound = Math.exp((this.#keys[0] ?? 0) + this.#decay * position)
    const drawn = -Math.log(uniform)
    return drawn < bound ? Math.log(drawn) - this.#decay * position : Number.NaN
  }

  /** Takes an item in. @returns the item that goes for it, or -1 where there was room */
  put(key: number, item: number): number {
    if (!this.isFull) {
      this.#rise(this.#size++, key, item)
      return -1
    }
    const gone = this.#items[0] ?? -1
    this.#sink(key, item)
    this.#refusedUntil = 0
    return gone
  }

  toJSON(): TimeDecayedSampleState {
    return { keys: [...this.#keys.subarray(0, this.#size)], items: [...this.#items.subarray(0, this.#size)] }
  }

  // As -ln(u) >= 1 - u, and the bound only rises until an item is put in: most are refused without a logarithm.
  #foretellRefusal(position: number): void {
    this.#refusedUntil = position + REFUSAL_SPAN
    this.#refused = 1 - Math.exp((this.#keys[0] ?? 0) + this.#decay * this.#refusedUntil)
  }

  #rise(from: number, key: number, item: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 1
      if ((this.#keys[parent] ?? 0) >= key) break
      this.#move(parent, place)
      place = parent
    }
    this.#keys[place] = key
    this.#items[place] = item
  }

  #sink(key: number, item: number): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= this.#size) break
      if (child + 1 < this.#size && (this.#keys[child + 1] ?? 0) > (this.#keys[child] ?? 0)) child++
      if ((this.#keys[child] ?? 0) <= key) break
      this.#move(child, place)
      place = child
    }
    this.#keys[place] = key
    this.#items[place] = item
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] ?? 0
    this.#items[to] = this.#items[from] ?? 0
  }
}
