/** A sample with its place in time and in the order of arrival. */
export interface TimedSample {
  readonly time: number
  readonly values: Float64Array
  readonly index: number
}

/** What became of a sample: it is kept for its turn, or refused. */
export type Arrival = 'kept' | 'late' | 'duplicate'

/**
 * Puts samples in the order of their times. It waits until it has seen a time that is later by the allowed lateness (the
 * watermark); what then comes from before the last one given out is late. Bounded: when it is full, the earliest goes
 * out before its turn.
 */
export class ReorderBuffer {
  readonly #latenessMs: number
  readonly #capacity: number
  readonly #keepDuplicates: boolean
  readonly #waiting: TimedSample[] = []
  #latest = -Infinity
  #released = -Infinity

  /** @param capacity - the most samples that wait, >= 1 */
  constructor(latenessMs: number, capacity: number, keepDuplicates: boolean) {
    this.#latenessMs = latenessMs
    this.#capacity = capacity
    this.#keepDuplicates = keepDuplicates
  }

  /** Samples that wait. */
  get size(): number {
    return this.#waiting.length
  }

  /** What would become of a sample of this time. */
  wouldBe(time: number): Arrival {
    if (time < this.#released) return 'late'
    if (this.#keepDuplicates) return 'kept'
    return time === this.#released || this.#waiting[this.#placeOf(time) - 1]?.time === time ? 'duplicate' : 'kept'
  }

  /** Takes a sample that would be kept; `values` are copied. */
  add(time: number, values: ArrayLike<number>, index: number): void {
    this.#waiting.splice(this.#placeOf(time), 0, { time, values: Float64Array.from(values), index })
    if (time > this.#latest) this.#latest = time
  }

  /** The next one whose turn has come; with `all`, the next one at all. */
  take(all = false): TimedSample | undefined {
    const [first] = this.#waiting
    if (first === undefined) return undefined
    const isDue = first.time <= this.#latest - this.#latenessMs || this.#waiting.length > this.#capacity
    if (!isDue && !all) return undefined
    this.#waiting.shift()
    this.#released = first.time
    return first
  }

  /** True where nothing waits and a sample of this time would go straight through. */
  passes(time: number): boolean {
    return this.#waiting.length === 0 && this.#latenessMs === 0 && time > this.#latest
  }

  /** Notes a sample that went straight through. */
  passed(time: number): void {
    this.#latest = time
    this.#released = time
  }

  // Behind those of the same time, as it came after them.
  #placeOf(time: number): number {
    let [low, high] = [0, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#waiting[middle]?.time ?? Infinity) <= time) low = middle + 1
      else high = middle
    }
    return low
  }

  toJSON(): ReorderState {
    return {
      latest: finiteOrNull(this.#latest),
      released: finiteOrNull(this.#released),
      waiting: this.#waiting.map(({ time, values, index }) => ({
        time,
        index,
        values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
      })),
    }
  }

  /** Goes on from a `toJSON()`, which has been checked. */
  resume({ latest, released, waiting }: ReorderState): void {
    this.#latest = latest ?? -Infinity
    this.#released = released ?? -Infinity
    for (const { time, values, index } of waiting) {
      this.#waiting.push({ time, index, values: Float64Array.from(values, (value) => value ?? Number.NaN) })
    }
  }
}

/** A buffer as JSON data. */
export interface ReorderState {
  readonly latest: number | null
  readonly released: number | null
  /** In order of time. */
  readonly waiting: ReadonlyArray<{
    readonly time: number
    readonly index: number
    readonly values: ReadonlyArray<number | null>
  }>
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
