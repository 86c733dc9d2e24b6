/** How the samples of one step become one. */
export type StepAggregate = 'mean' | 'last' | 'min' | 'max' | 'sum'

/** How a stream of uneven times is brought to even steps. */
export interface ResampleOptions {
  /** Length of a step, > 0. Steps begin at its multiples. */
  readonly stepMs: number
  readonly aggregate: StepAggregate
  /** Whether steps without a sample are given out, as NaN. */
  readonly fillsGaps: boolean
  /** The most empty steps given out in a row; of a longer gap, none is. */
  readonly longestGap: number
}

/** Takes what a step gives: its start, its values and the index of the last sample in it, or before it where it is empty. */
export type StepSink = (time: number, values: Float64Array, index: number) => void

/** Samples at uneven times, in order, to one sample a step. A step is given out once a sample of a later one has come. */
export class StepResampler {
  readonly #options: ResampleOptions
  readonly #columns: number
  readonly #values: Float64Array
  readonly #counts: Float64Array
  #step = Number.NaN
  #index = -1
  #isOpen = false

  constructor(options: ResampleOptions, columns: number) {
    this.#options = options
    this.#columns = columns
    this.#values = new Float64Array(columns)
    this.#counts = new Float64Array(columns)
  }

  /** Whether there is a step that is not full yet. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** @param time - not before that of the last sample */
  add(time: number, values: ArrayLike<number>, index: number, sink: StepSink): void {
    const { stepMs, fillsGaps, longestGap } = this.#options
    const step = Math.floor(time / stepMs)
    if (step !== this.#step) {
      const closed = this.#step
      this.close(sink)
      const empty = step - closed - 1
      if (fillsGaps && empty > 0 && empty <= longestGap) {
        const nothing = new Float64Array(this.#columns).fill(Number.NaN)
        for (let between = closed + 1; between < step; between++) sink(between * stepMs, nothing, this.#index)
      }
      this.#step = step
    }
    this.#index = index
    this.#isOpen = true
    for (let i = 0; i < this.#columns; i++) this.#include(i, values[i] ?? Number.NaN)
  }

  /** Gives out the step that is not full yet, where there is one. */
  close(sink: StepSink): void {
    if (!this.#isOpen) return
    const { stepMs, aggregate } = this.#options
    const closed = this.#values.map((value, i) => {
      const count = this.#counts[i] ?? 0
      if (count === 0) return Number.NaN
      return aggregate === 'mean' ? value / count : value
    })
    this.#values.fill(0)
    this.#counts.fill(0)
    this.#isOpen = false
    sink(this.#step * stepMs, closed, this.#index)
  }

  #include(i: number, value: number): void {
    if (Number.isNaN(value)) return
    const isFirst = this.#counts[i] === 0
    this.#counts[i] = (this.#counts[i] ?? 0) + 1
    const kept = this.#values[i] ?? 0
    this.#values[i] = isFirst ? value : merged(kept, value, this.#options.aggregate)
  }

  toJSON(): ResamplerState {
    return {
      step: Number.isNaN(this.#step) ? null : this.#step,
      index: this.#index,
      isOpen: this.#isOpen,
      values: [...this.#values],
      counts: [...this.#counts],
    }
  }

  /** Goes on from a `toJSON()`, which has been checked. */
  resume({ step, index, isOpen, values, counts }: ResamplerState): void {
    this.#step = step ?? Number.NaN
    this.#index = index
    this.#isOpen = isOpen
    this.#values.set(values)
    this.#counts.set(counts)
  }
}

/** A resampler as JSON data. */
export interface ResamplerState {
  readonly step: number | null
  readonly index: number
  readonly isOpen: boolean
  readonly values: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

function merged(kept: number, value: number, aggregate: StepAggregate): number {
  switch (aggregate) {
    case 'mean':
    case 'sum':
      return kept + value
    case 'last':
      return value
    case 'min':
      return Math.min(kept, value)
    case 'max':
      return Math.max(kept, value)
  }
}
