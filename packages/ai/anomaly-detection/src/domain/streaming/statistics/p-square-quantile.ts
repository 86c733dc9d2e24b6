/**
 * A quantile of everything so far from five markers, in constant memory.
 * Source: R. Jain, I. Chlamtac (1985), The P-square Algorithm for Dynamic Calculation of Quantiles and Histograms Without
 * Storing Observations, CACM 28(10).
 */
import { StateReader } from '../state-reader.ts'

/** An estimate: on smooth distributions within a few thousandths in rank after some thousand numbers. */
export class PSquareQuantile {
  /** Which quantile, in (0, 1). */
  readonly p: number
  readonly #heights = new Float64Array(5)
  readonly #positions: Float64Array = Float64Array.of(1, 2, 3, 4, 5)
  readonly #wanted: Float64Array // positions; added up number by number as in the paper: rounding decides some steps
  #count = 0

  constructor(p: number) {
    this.p = p
    this.#wanted = Float64Array.of(1, 1 + 2 * p, 1 + 4 * p, 3 + 2 * p, 5)
  }

  get count(): number {
    return this.#count
  }

  /** Exact, by the nearest rank, for five numbers or fewer; 0 before the first. */
  get estimate(): number {
    if (this.#count > 5) return this.#heights[2] as number
    if (this.#count === 0) return 0
    const sorted = this.#heights.slice(0, this.#count).sort()
    return sorted[Math.min(this.#count - 1, Math.max(0, Math.ceil(this.p * this.#count) - 1))] as number
  }

  push(value: number): void {
    const heights = this.#heights
    if (this.#count < 5) {
      heights[this.#count++] = value
      if (this.#count === 5) heights.sort()
      return
    }
    this.#count++
    const cell = this.#cellOf(value)
    for (let i = cell + 1; i < 5; i++) this.#positions[i] = (this.#positions[i] as number) + 1
    this.#want(1, this.p / 2)
    this.#want(2, this.p)
    this.#want(3, (1 + this.p) / 2)
    for (let i = 1; i <= 3; i++) this.#adjust(i)
  }

  // Which of the four cells the value falls into; the outer markers give way to it.
  #cellOf(value: number): number {
    const heights = this.#heights
    if (value < (heights[0] as number)) {
      heights[0] = value
      return 0
    }
    if (value >= (heights[4] as number)) {
      heights[4] = value
      return 3
    }
    let cell = 0
    while (value >= (heights[cell + 1] as number)) cell++
    return cell
  }

  #want(i: number, further: number): void {
    this.#wanted[i] = (this.#wanted[i] as number) + further
  }

  #adjust(i: number): void {
    const positions = this.#positions
    const heights = this.#heights
    const before = positions[i - 1] as number
    const here = positions[i] as number
    const after = positions[i + 1] as number
    const off = (this.#wanted[i] as number) - here
    if (!((off >= 1 && after - here > 1) || (off <= -1 && before - here < -1))) return
    const step = off > 0 ? 1 : -1
    const low = heights[i - 1] as number
    const height = heights[i] as number
    const high = heights[i + 1] as number
    const parabolic =
      height +
      (step / (after - before)) *
        (((here - before + step) * (high - height)) / (after - here) +
          ((after - here - step) * (height - low)) / (here - before))
    if (low < parabolic && parabolic < high) heights[i] = parabolic
    else if (step === 1) heights[i] = height + (high - height) / (after - here)
    else heights[i] = height - (low - height) / (before - here)
    positions[i] = here + step
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const { p } = this
    const [heights, positions] = [Array.from(this.#heights), Array.from(this.#positions)]
    return { p, count: this.#count, heights, positions, wanted: Array.from(this.#wanted) }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): PSquareQuantile {
    const reader = new StateReader(state, 'P-square quantile')
    const quantile = new PSquareQuantile(reader.number('p', Number.MIN_VALUE, 1 - Number.EPSILON / 2))
    quantile.#count = reader.integer('count')
    quantile.#heights.set(reader.numbers('heights', 5))
    const positions = reader.numbers('positions', 5)
    if (positions.some((position, i) => i > 0 && position <= (positions[i - 1] as number)))
      throw reader.fault('positions', 'they do not ascend')
    quantile.#positions.set(positions)
    quantile.#wanted.set(reader.numbers('wanted', 5))
    return quantile
  }
}
