/**
 * Least and greatest of the last numbers, in constant time each on average.
 * Source: D. Lemire (2006), Streaming Maximum-Minimum Filter Using No More than Three Comparisons per Element: the wedge.
 */
import { StateReader } from '../state-reader.ts'

const LARGEST_WINDOW = 2 ** 24

/** Both are 0 before the first number. */
export class RollingExtremes {
  readonly size: number
  readonly #least: Wedge
  readonly #greatest: Wedge
  #seen = 0

  /** @param size - numbers in a full window, from 1 */
  constructor(size: number) {
    this.size = size
    this.#least = new Wedge(size, -1)
    this.#greatest = new Wedge(size, 1)
  }

  get least(): number {
    return this.#least.first
  }

  get greatest(): number {
    return this.#greatest.first
  }

  push(value: number): void {
    this.#least.push(value, this.#seen)
    this.#greatest.push(value, this.#seen)
    this.#seen++
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const { size } = this
    return { size, seen: this.#seen, least: this.#least.toJSON(), greatest: this.#greatest.toJSON() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): RollingExtremes {
    const reader = new StateReader(state, 'rolling extremes')
    const extremes = new RollingExtremes(reader.integer('size', 1, LARGEST_WINDOW))
    extremes.#seen = reader.integer('seen')
    for (const name of ['least', 'greatest'] as const) {
      const wedge = new StateReader(reader.part(name), `rolling extremes, ${name}`)
      const values = wedge.numbers('values', Math.min(extremes.#seen, 1), extremes.size)
      const places = wedge.numbers('places', values.length)
      const target = name === 'least' ? extremes.#least : extremes.#greatest
      values.forEach((value, i) => target.push(value, places[i] as number))
    }
    return extremes
  }
}

/** The numbers that may still become the extreme: each beats all that came after it. A ring of pairs. */
class Wedge {
  readonly #sign: 1 | -1
  readonly #size: number
  readonly #values: Float64Array
  readonly #places: Float64Array
  #head = 0
  #length = 0

  constructor(size: number, sign: 1 | -1) {
    this.#size = size
    this.#sign = sign
    this.#values = new Float64Array(size)
    this.#places = new Float64Array(size)
  }

  get first(): number {
    return this.#length === 0 ? 0 : (this.#values[this.#head] as number)
  }

  push(value: number, place: number): void {
    while (this.#length > 0 && (this.#values[this.#at(this.#length - 1)] as number) * this.#sign <= value * this.#sign)
      this.#length--
    if (this.#length > 0 && (this.#places[this.#head] as number) <= place - this.#size) {
      this.#head = this.#at(1)
      this.#length--
    }
    const end = this.#at(this.#length++)
    this.#values[end] = value
    this.#places[end] = place
  }

  toJSON(): { readonly values: ReadonlyArray<number>; readonly places: ReadonlyArray<number> } {
    const order = Array.from({ length: this.#length }, (_, i) => this.#at(i))
    return { values: order.map((i) => this.#values[i] as number), places: order.map((i) => this.#places[i] as number) }
  }

  #at(index: number): number {
    const at = this.#head + index
    return at >= this.#size ? at - this.#size : at
  }
}
