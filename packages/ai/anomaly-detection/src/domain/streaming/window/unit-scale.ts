import { median } from '../../numeric/order-statistic.ts'

const SPREADS = 6 // how many spreads on either side of the centre lie within [0, 1]
const MAD_TO_SD = 1.4826

/**
 * Brings numbers of any unit to [0, 1], the middle of what came first to 0.5, so that the parameters of a drift detector
 * mean the same for all. The scale is set once, by the median and the median absolute deviation of the first numbers.
 */
export class UnitScale {
  readonly #wanted: number
  #first: number[] = []
  #centre = 0
  #spread = 0

  /** @param wanted - how many numbers set the scale, >= 2 */
  constructor(wanted: number) {
    this.#wanted = wanted
  }

  /** False while the numbers that set the scale are gathered. */
  get isSet(): boolean {
    return this.#spread > 0
  }

  /** Takes one of the numbers that set the scale. */
  learn(value: number): void {
    this.#first.push(value)
    if (this.#first.length < this.#wanted) return
    this.#centre = median(Float64Array.from(this.#first))
    const mad = MAD_TO_SD * median(Float64Array.from(this.#first, (one) => Math.abs(one - this.#centre)))
    this.#spread = mad > 0 ? mad : deviationOf(this.#first, this.#centre) // most numbers may be alike
    this.#first = []
  }

  /** In [0, 1]; numbers far out are cut off. */
  scaled(value: number): number {
    const unit = 0.5 + (value - this.#centre) / (2 * SPREADS * this.#spread)
    return unit < 0 ? 0 : unit > 1 ? 1 : unit
  }

  toJSON(): UnitScaleState {
    return { wanted: this.#wanted, first: [...this.#first], centre: this.#centre, spread: this.#spread }
  }

  /** A scale that goes on from its `toJSON()`, which has been checked. */
  static fromJSON({ wanted, first, centre, spread }: UnitScaleState): UnitScale {
    const scale = new UnitScale(wanted)
    scale.#first = [...first]
    scale.#centre = centre
    scale.#spread = spread
    return scale
  }
}

/** A scale as JSON data. */
export interface UnitScaleState {
  readonly wanted: number
  readonly first: ReadonlyArray<number>
  readonly centre: number
  readonly spread: number
}

// Where all are alike any other number is far: the least that a number of this size can differ by.
function deviationOf(values: ReadonlyArray<number>, centre: number): number {
  let squares = 0
  for (const value of values) squares += (value - centre) ** 2
  const sd = Math.sqrt(squares / values.length)
  return Number.isFinite(sd) && sd > 0 ? sd : Math.max(Math.abs(centre) * 1e-9, Number.MIN_VALUE * 2 ** 52)
}
