/** A short list of least distances, ascending. Equal ones are in the order of their slots, whatever order they came in. */
export class NearestDistances {
  readonly capacity: number
  readonly distances: Float64Array
  readonly slots: Int32Array
  /** How many are in it, from 0 to `capacity`. */
  count = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.distances = new Float64Array(capacity)
    this.slots = new Int32Array(capacity)
  }

  /** The greatest in the list, Infinity while there is room. */
  get limit(): number {
    return this.count < this.capacity ? Infinity : (this.distances[this.capacity - 1] as number)
  }

  clear(): void {
    this.count = 0
  }

  offer(distance: number, slot: number): void {
    let at = this.count
    if (at === this.capacity) {
      if (!this.#isBefore(distance, slot, at - 1)) return
      at--
    } else {
      this.count++
    }
    while (at > 0 && this.#isBefore(distance, slot, at - 1)) {
      this.distances[at] = this.distances[at - 1] as number
      this.slots[at] = this.slots[at - 1] as number
      at--
    }
    this.distances[at] = distance
    this.slots[at] = slot
  }

  /** Takes a slot out. @returns whether it was in */
  remove(slot: number): boolean {
    let at = 0
    while (at < this.count && this.slots[at] !== slot) at++
    if (at === this.count) return false
    this.count--
    for (; at < this.count; at++) {
      this.distances[at] = this.distances[at + 1] as number
      this.slots[at] = this.slots[at + 1] as number
    }
    return true
  }

  #isBefore(distance: number, slot: number, at: number): boolean {
    const other = this.distances[at] as number
    return distance < other || (distance === other && slot < (this.slots[at] as number))
  }
}
