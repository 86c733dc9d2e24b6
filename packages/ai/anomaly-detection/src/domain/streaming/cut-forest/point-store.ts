const FIRST_CAPACITY = 64

/** Points that several trees share: each is kept once, and as long as somebody refers to it. It grows as it is needed. */
export class PointStore {
  /** How many numbers a point has. */
  readonly dimensions: number
  #values: Float64Array
  #references: Int32Array
  #free: Int32Array
  #freeCount = 0
  #used = 0

  constructor(dimensions: number) {
    this.dimensions = dimensions
    this.#values = new Float64Array(FIRST_CAPACITY * dimensions)
    this.#references = new Int32Array(FIRST_CAPACITY)
    this.#free = new Int32Array(FIRST_CAPACITY)
  }

  /** Point i stands from i * dimensions on. Another array after an `add` that grew the store: read it anew. */
  get values(): Float64Array {
    return this.#values
  }

  /** How many points are kept. */
  get size(): number {
    return this.#used - this.#freeCount
  }

  /** @returns the index of a copy that one reference holds: that of the caller, to be released */
  add(point: Float64Array): number {
    const index = this.#freeCount > 0 ? (this.#free[--this.#freeCount] ?? 0) : this.#used++
    if (index >= this.#references.length) this.#grow()
    this.#values.set(point, index * this.dimensions)
    this.#references[index] = 1
    return index
  }

  retain(index: number): void {
    this.#references[index] = (this.#references[index] ?? 0) + 1
  }

  /** Forgets the point with its last reference. */
  release(index: number): void {
    const left = (this.#references[index] ?? 0) - 1
    this.#references[index] = left
    if (left === 0) this.#free[this.#freeCount++] = index
  }

  #grow(): void {
    const capacity = this.#references.length * 2
    this.#values = grown(new Float64Array(capacity * this.dimensions), this.#values)
    this.#references = grown(new Int32Array(capacity), this.#references)
    this.#free = grown(new Int32Array(capacity), this.#free)
  }
}

function grown<A extends Float64Array | Int32Array>(larger: A, old: A): A {
  larger.set(old)
  return larger
}
