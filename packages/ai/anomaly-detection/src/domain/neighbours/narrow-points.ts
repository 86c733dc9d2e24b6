import type { Matrix } from '../matrix.ts'

/**
 * What it takes to tell in single precision that a point is too far: values are taken from a center first, so that a
 * common offset costs no digits.
 */
export interface NarrowScale {
  /** Middle of each feature's range; shape (d). */
  readonly center: Float64Array
  /** The most by which rounding the values can change a euclidean distance. */
  readonly distanceError: number
  /** What rounding in sums can multiply a squared distance by, at most. */
  readonly relativeError: number
}

const ROUNDING = 2 ** -24 // relative, of one single-precision operation
const LEAST = 2 ** -40 // magnitudes whose squares lie far above the single-precision denormals
const MOST = 2 ** 50 // and whose sums of squares, over as many columns, stay finite
const MOST_COLUMNS = 2 ** 14

/** Undefined where squares would leave the range of single precision. @param train - shape (n, d), n >= 1, finite */
export function narrowScaleOf(train: Matrix, query: Matrix): NarrowScale | undefined {
  const { columns } = train
  if (columns > MOST_COLUMNS) return undefined
  const low = train.data.slice(0, columns)
  const high = low.slice()
  for (const { data } of train === query ? [train] : [train, query]) widen(data, low, high)
  const center = low.map((value, column) => value / 2 + (high[column] ?? 0) / 2)
  const widest = center.reduce((most, middle, column) => Math.max(most, (high[column] ?? 0) - middle), 0)
  if (!(widest >= LEAST && widest <= MOST)) return undefined
  // Both ends of a difference are off by ROUNDING * widest at most; the rest makes up for rounding in this very line.
  const distanceError = Math.sqrt(columns) * widest * 2 * ROUNDING * 1.05
  return { center, distanceError, relativeError: (1 + 2 * ROUNDING) ** (columns + 16) }
}

function widen(data: Float64Array, low: Float64Array, high: Float64Array): void {
  const columns = low.length
  for (let at = 0, column = 0; at < data.length; at++) {
    const value = data[at] ?? 0
    if (value < (low[column] ?? 0)) low[column] = value
    if (value > (high[column] ?? 0)) high[column] = value
    if (++column === columns) column = 0
  }
}
