/** The newest points of a stream, the windows that they make, and how the newest of these compares with the others. */
import type { StateReader } from '../../streaming/state-reader.ts'
import { CONSTANT, INCOMPLETE, inverseNormOf, meanOf, ORDINARY } from './window-statistics.ts'

const REFRESHED = 16 // sums a sample that are made anew, so that rounding does not add up for long

/** The earlier window that is most like one. */
export interface NearestWindow {
  /** 0 where there is none to compare with. */
  readonly distance: number
  /** How many samples ago it ended; 0 where there is none. */
  readonly ago: number
}

interface NewWindow {
  readonly point: number
  readonly kind: number
  readonly mean: number
  readonly inverseNorm: number
  readonly halfStep: number
  readonly sum: number
}

const NONE: NearestWindow = { distance: 0, ago: 0 }

/**
 * A window is known by the place of its last point. Arrays hold twice what is kept, and are moved back when they are full. How
 * sums of products go on from one sample to the next: see `WindowStatistics`.
 */
export class WindowHistory {
  readonly #length: number
  readonly #points: number
  readonly #exclusion: number
  #learned = 0
  /** One past the newest point. */
  #end = 0
  /** Points kept. */
  #kept = 0
  readonly #values: Float64Array
  readonly #means: Float64Array
  readonly #inverseNorms: Float64Array
  readonly #halfSteps: Float64Array
  readonly #sums: Float64Array
  readonly #kinds: Uint8Array
  /** By lag: the newest window with the one that many samples ago. */
  readonly #products: Float64Array
  #refreshNext = 1
  /** Points since the latest that is missing, and since the latest that differs from the one before. */
  #finite = 0
  #equal = 0

  constructor(length: number, points: number) {
    this.#length = length
    this.#points = points
    this.#exclusion = Math.ceil(length / 4)
    this.#values = new Float64Array(2 * points)
    this.#means = new Float64Array(2 * points)
    this.#inverseNorms = new Float64Array(2 * points)
    this.#halfSteps = new Float64Array(2 * points)
    this.#sums = new Float64Array(2 * points)
    this.#kinds = new Uint8Array(2 * points)
    this.#products = new Float64Array(points)
  }

  get learned(): number {
    return this.#learned
  }

  /** Of the window that would end with this value; nothing changes. */
  nearestTo(value: number): NearestWindow {
    if (this.#kept + 1 < this.#length) return NONE
    const made = this.#windowWith(value)
    return this.#nearest(made, false)
  }

  /** Takes the value in. @param isAsked - whether the answer matters; without it the distance is 0 */
  add(value: number, isAsked: boolean = false): NearestWindow {
    if (this.#end === this.#values.length) this.#moveBack()
    if (this.#kept + 1 < this.#length) {
      this.#append(value, undefined)
      return NONE
    }
    const made = this.#windowWith(value)
    const nearest = this.#nearest(made, true)
    this.#append(value, made)
    this.#refresh()
    return isAsked ? nearest : NONE
  }

  /** See `LeftMatrixProfile.explainOne`. */
  shapeOf(
    value: number,
  ): (NearestWindow & { readonly shape: Float64Array; readonly nearest: Float64Array }) | undefined {
    const found = this.nearestTo(value)
    if (found.ago === 0) return undefined
    const shape = new Float64Array(this.#length)
    shape.set(this.#values.subarray(this.#end - this.#length + 1, this.#end))
    shape[this.#length - 1] = value
    const end = this.#end + 1 - found.ago
    const similar = this.#values.slice(end - this.#length, end)
    const [mean, ownMean] = [meanOf(shape, 0, this.#length), meanOf(similar, 0, this.#length)]
    const scale = inverseNormOf(similar, 0, this.#length, ownMean) / inverseNormOf(shape, 0, this.#length, mean)
    const factor = Number.isFinite(scale) ? scale : 0
    return { ...found, shape, nearest: similar.map((one) => mean + (one - ownMean) * factor) }
  }

  /** What is kept, oldest first. */
  toJSON(): Readonly<Record<string, unknown>> {
    const from = this.#end - this.#kept
    const live = (values: Float64Array | Uint8Array): ReadonlyArray<number> =>
      Array.from(values.subarray(from, this.#end))
    return {
      learned: this.#learned,
      values: live(this.#values),
      means: live(this.#means),
      inverseNorms: live(this.#inverseNorms).map((norm) => (Number.isNaN(norm) ? 0 : norm)),
      halfSteps: live(this.#halfSteps),
      sums: live(this.#sums),
      kinds: live(this.#kinds),
      products: Array.from(this.#products.subarray(0, this.#kept)),
      refreshNext: this.#refreshNext,
      finite: this.#finite,
      equal: this.#equal,
    }
  }

  /** A history as `toJSON` gave it. @throws AnomalyDetectionError `invalid-stream-state` */
  static read(reader: StateReader, length: number, points: number): WindowHistory {
    const made = new WindowHistory(length, points)
    const values = reader.numbers('values', 0, points)
    const count = values.length
    made.#values.set(values)
    made.#means.set(reader.numbers('means', count))
    made.#halfSteps.set(reader.numbers('halfSteps', count))
    made.#sums.set(reader.numbers('sums', count))
    made.#kinds.set(reader.integers('kinds', count, ORDINARY, INCOMPLETE))
    made.#products.set(reader.numbers('products', count))
    const norms = reader.numbers('inverseNorms', count)
    made.#inverseNorms.set(norms.map((norm, at) => (made.#kinds[at] === ORDINARY ? norm : Number.NaN)))
    made.#learned = reader.integer('learned', count)
    made.#kept = count
    made.#end = count
    made.#refreshNext = reader.integer('refreshNext', 1, points)
    made.#finite = reader.integer('finite')
    made.#equal = reader.integer('equal')
    if (count < Math.min(made.#learned, points)) throw reader.fault('values', 'newer ones are missing')
    return made
  }

  /** Windows kept before the one that is about to be made. */
  get #windows(): number {
    return Math.max(0, this.#kept - this.#length + 1)
  }

  #windowWith(value: number): NewWindow {
    const length = this.#length
    const end = this.#end
    const values = this.#values
    const point = Number.isNaN(value) ? 0 : value
    const first = end - length + 1
    let total = point
    for (let at = first; at < end; at++) total += values[at] as number
    const mean = total / length
    let squares = (point - mean) ** 2
    for (let at = first; at < end; at++) squares += ((values[at] as number) - mean) ** 2
    const kind = this.#kindWith(value, squares)
    const inverseNorm = kind === ORDINARY ? 1 / Math.sqrt(squares) : Number.NaN
    if (this.#windows === 0) return { point, kind, mean, inverseNorm, halfStep: 0, sum: 0 }
    const leaving = values[first - 1] as number
    const sum = point - mean + (leaving - (this.#means[end - 1] as number))
    return { point, kind, mean, inverseNorm, halfStep: (point - leaving) / 2, sum }
  }

  #kindWith(value: number, squares: number): number {
    if (Number.isNaN(value) || this.#finite + 1 < this.#length) return INCOMPLETE
    const equal = value === this.#values[this.#end - 1] ? this.#equal + 1 : 1
    return equal >= this.#length || !(squares > 0) || 1 / Math.sqrt(squares) === Infinity ? CONSTANT : ORDINARY
  }

  #nearest(made: NewWindow, isKept: boolean): NearestWindow {
    const { inverseNorm, halfStep, sum } = made
    const [products, norms, halfSteps, sums] = [this.#products, this.#inverseNorms, this.#halfSteps, this.#sums]
    // a window is made of `length` points, and the oldest point kept may leave with this one
    const farthest = Math.min(this.#windows, this.#points - this.#length)
    const isGrowing = farthest === this.#windows
    let best = -Infinity
    let bestLag = 0
    // the sum of the oldest window has none to go on from while nothing has left yet
    const last = isGrowing ? farthest - 1 : farthest
    for (let lag = 1, at = this.#end - 1; lag <= last; lag++, at--) {
      const product = (products[lag] as number) + halfStep * (sums[at] as number) + (halfSteps[at] as number) * sum
      if (isKept) products[lag] = product
      const correlation = product * inverseNorm * (norms[at] as number)
      if (correlation > best && lag > this.#exclusion) {
        best = correlation
        bestLag = lag
      }
    }
    if (isGrowing && farthest > 0) {
      const product = this.#productWith(made, farthest)
      if (isKept) products[farthest] = product
      const correlation = product * inverseNorm * (norms[this.#end - farthest] as number)
      if (correlation > best && farthest > this.#exclusion) {
        best = correlation
        bestLag = farthest
      }
    }
    return this.#settled(made.kind, best, bestLag, farthest)
  }

  #settled(kind: number, best: number, bestLag: number, farthest: number): NearestWindow {
    if (kind === INCOMPLETE) return NONE
    const far = Math.sqrt(this.#length)
    if (kind === CONSTANT) {
      const alike = this.#lagOf(CONSTANT, farthest)
      if (alike > 0) return { distance: 0, ago: alike }
      const other = this.#lagOf(ORDINARY, farthest)
      return other > 0 ? { distance: far, ago: other } : NONE
    }
    if (best < 0.5) {
      const constant = this.#lagOf(CONSTANT, farthest)
      if (constant > 0) return { distance: far, ago: constant }
    }
    if (bestLag === 0) return NONE
    return { distance: Math.sqrt(2 * this.#length * Math.max(0, 1 - best)), ago: bestLag }
  }

  // The newest window of a kind that may be compared with; 0 where there is none.
  #lagOf(kind: number, farthest: number): number {
    for (let lag = this.#exclusion + 1; lag <= farthest; lag++) if (this.#kinds[this.#end - lag] === kind) return lag
    return 0
  }

  // From the points themselves, of a window that is not taken in yet.
  #productWith({ point, mean }: NewWindow, lag: number): number {
    const length = this.#length
    const [first, other] = [this.#end - length + 1, this.#end - length + 1 - lag]
    const otherMean = this.#means[this.#end - lag] as number
    let sum = 0
    for (let k = 0; k < length; k++) {
      const value = k === length - 1 ? point : (this.#values[first + k] as number)
      sum += (value - mean) * ((this.#values[other + k] as number) - otherMean)
    }
    return sum
  }

  #append(value: number, made: NewWindow | undefined): void {
    const at = this.#end
    const isMissing = Number.isNaN(value)
    this.#equal = !isMissing && this.#kept > 0 && value === this.#values[at - 1] ? this.#equal + 1 : 1
    this.#finite = isMissing ? 0 : this.#finite + 1
    this.#values[at] = isMissing ? 0 : value
    this.#means[at] = made?.mean ?? 0
    this.#inverseNorms[at] = made?.inverseNorm ?? Number.NaN
    this.#halfSteps[at] = made?.halfStep ?? 0
    this.#sums[at] = made?.sum ?? 0
    this.#kinds[at] = made?.kind ?? INCOMPLETE
    this.#end++
    this.#kept = Math.min(this.#kept + 1, this.#points)
    this.#learned++
  }

  #refresh(): void {
    const newest = this.#end - 1
    const length = this.#length
    const last = this.#windows - 1
    for (let turn = 0; turn < REFRESHED && last >= 1; turn++) {
      if (this.#refreshNext > last) this.#refreshNext = 1
      const lag = this.#refreshNext++
      const [mean, otherMean] = [this.#means[newest] as number, this.#means[newest - lag] as number]
      const first = newest - length + 1
      let sum = 0
      for (let at = first; at <= newest; at++) {
        sum += ((this.#values[at] as number) - mean) * ((this.#values[at - lag] as number) - otherMean)
      }
      this.#products[lag] = sum
    }
  }

  #moveBack(): void {
    const from = this.#end - this.#kept
    for (const values of [this.#values, this.#means, this.#inverseNorms, this.#halfSteps, this.#sums, this.#kinds]) {
      values.copyWithin(0, from, this.#end)
    }
    this.#end = this.#kept
  }
}
