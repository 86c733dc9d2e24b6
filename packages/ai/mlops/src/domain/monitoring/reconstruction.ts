/**
 * Multivariate drift: how badly the principal components of the reference rebuild the rows of a window. It sees changes of how
 * columns go together that no single column shows.
 * Source: NannyML 0.13, `DataReconstructionDriftCalculator` (components up to 65 % of the variance).
 */
import type { Column } from './column.ts'
import { deviationOf, meanOf } from './numeric/moments.ts'
import { symmetricEigenOf } from './numeric/symmetric-eigen.ts'

const VARIANCE_KEPT = 0.65

/** Principal components of a reference. */
export interface Reconstruction {
  readonly encoders: ReadonlyArray<Encoder>
  /** Row-major, shape (components, columns): unit vectors. */
  readonly components: Float64Array
}

interface Encoder {
  /** Stands in for a missing value: the mean, or the most frequent category. */
  readonly filling: number
  /** Share of the reference's rows by category; absent for a numeric column. */
  readonly shares?: ReadonlyMap<string, number>
  readonly mean: number
  /** 1 for a constant column. */
  readonly scale: number
}

/** The mean of the rows' errors and its standard error. */
export interface ReconstructionError {
  /** Mean Euclidean distance of a row from its rebuilt self, in standardised units; >= 0, far from the reference's is abnormal. */
  readonly value: number
  /** 0 for one row. */
  readonly standardError: number
}

/**
 * Learns the components. Categories are encoded by their share of the reference, missing values filled, columns standardised.
 * @param columns - at least one, of one length >= 1
 */
export function reconstructionOf(columns: ReadonlyArray<Column>): Reconstruction {
  const encoders = columns.map(encoderOf)
  const encoded = columns.map((column, i) => encode(column, encoders[i] as Encoder))
  const n = columns.length
  const rows = encoded[0]?.length ?? 0
  const covariance = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      covariance[i * n + j] = dot(encoded[i] as Float64Array, encoded[j] as Float64Array) / rows
  }
  const { values, vectors } = symmetricEigenOf(covariance, n)
  return { encoders, components: vectors.subarray(0, n * componentsFor(values)) }
}

/** The error of a window. @param columns - the same columns as those learned from, of one length >= 1 */
export function reconstructionError(learned: Reconstruction, columns: ReadonlyArray<Column>): ReconstructionError {
  const encoded = columns.map((column, i) => encode(column, learned.encoders[i] as Encoder))
  const rows = encoded[0]?.length ?? 0
  const errors = new Float64Array(rows)
  const row = new Float64Array(columns.length)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < row.length; c++) row[c] = encoded[c]?.[r] ?? 0
    errors[r] = distanceFrom(row, learned.components)
  }
  const spread = rows < 2 ? 0 : deviationOf(errors) * Math.sqrt(rows / (rows - 1))
  return { value: meanOf(errors), standardError: spread / Math.sqrt(rows) }
}

function encoderOf(column: Column): Encoder {
  if (column.kind === 'numeric') {
    const present = column.values.filter((value) => !Number.isNaN(value))
    const filling = present.length === 0 ? 0 : meanOf(present)
    return scaled(column, { filling })
  }
  const shares = new Map<string, number>()
  for (const value of column.values) {
    if (value !== null) shares.set(value, (shares.get(value) ?? 0) + 1)
  }
  const [modal] = [...shares].sort(([, a], [, b]) => b - a)
  if (modal !== undefined) shares.set(modal[0], modal[1] + column.values.filter((value) => value === null).length)
  for (const [name, count] of shares) shares.set(name, count / column.values.length)
  return scaled(column, { filling: modal === undefined ? 0 : (shares.get(modal[0]) ?? 0), shares })
}

function scaled(column: Column, part: Pick<Encoder, 'filling' | 'shares'>): Encoder {
  const raw = encode(column, { ...part, mean: 0, scale: 1 })
  return { ...part, mean: meanOf(raw), scale: deviationOf(raw) || 1 }
}

function encode(column: Column, { filling, shares, mean, scale }: Encoder): Float64Array {
  if (column.kind === 'numeric') {
    return column.values.map((value) => ((Number.isNaN(value) ? filling : value) - mean) / scale)
  }
  const codes = column.values.map((value) => (value === null ? filling : (shares?.get(value) ?? 0)))
  return Float64Array.from(codes, (code) => (code - mean) / scale)
}

// As scikit-learn's PCA with a share: the fewest components whose variance is more than it.
function componentsFor(values: Float64Array): number {
  const total = values.reduce((sum, value) => sum + value, 0)
  let sum = 0
  for (const [i, value] of values.entries()) {
    sum += value
    if (sum > VARIANCE_KEPT * total) return i + 1
  }
  return values.length
}

function distanceFrom(row: Float64Array, components: Float64Array): number {
  const rest = Float64Array.from(row)
  for (let from = 0; from < components.length; from += row.length) {
    const component = components.subarray(from, from + row.length)
    const weight = dot(row, component)
    for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - weight * (component[i] as number)
  }
  return Math.sqrt(dot(rest, rest))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
