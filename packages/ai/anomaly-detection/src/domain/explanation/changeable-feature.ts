import { encodedFeatures } from '../column-encoding.ts'
import type { Dataset } from '../dataset.ts'
import { columnCentersOf } from '../feature-deviation.ts'
import { columnsOf } from '../numeric/column.ts'

/** A column of numbers that may be given another value. */
export interface ChangeableNumber {
  readonly kind: 'number'
  readonly name: string
  readonly column: number
  readonly current: number
  /** Robust standard deviation of the column, > 0. */
  readonly spread: number
  /** All values are whole numbers, so a change is to one. */
  readonly isWhole: boolean
  /** Values of the background, ascending; shape (n). */
  readonly sorted: () => Float64Array
}

/** A text column that may be given another category: one number (`ordinal`), or a 0/1 column for each (`onehot`). */
export interface ChangeableCategory {
  readonly kind: 'onehot' | 'ordinal'
  readonly name: string
  /** The first of its columns. */
  readonly column: number
  readonly categories: ReadonlyArray<string>
  /** The row's category, by its place. */
  readonly current: number
}

/** What of a row can be changed by itself. */
export type ChangeableFeature = ChangeableNumber | ChangeableCategory

/** Whether it is a column of numbers. */
export function isNumber(feature: ChangeableFeature): feature is ChangeableNumber {
  return feature.kind === 'number'
}

/**
 * Makes the changeable features of rows: columns that do not vary in the background have no scale to measure a change
 * by, and are left out.
 * @returns what answers them for one row, shape (d)
 */
export function changeableFeatures(background: Dataset): (row: Float64Array) => ReadonlyArray<ChangeableFeature> {
  const { rows, columns, data, features, encodings = [] } = background
  const { spreads } = columnCentersOf(background)
  const encoded = new Set(encodings.flatMap(encodedFeatures))
  const values = columnsOf({ data, rows, columns })
  const columnAt = (column: number): Float64Array => values.subarray(column * rows, (column + 1) * rows)
  const areWhole = features.map((_, column) => columnAt(column).every(Number.isInteger))
  const areSorted = new Set<number>()
  const sortedAt = (column: number): Float64Array => {
    const own = columnAt(column)
    if (!areSorted.has(column)) own.sort()
    areSorted.add(column)
    return own
  }
  return (row) => [
    ...features.flatMap((name, column): ReadonlyArray<ChangeableNumber> => {
      const spread = spreads[column] as number
      if (encoded.has(name) || !(spread > 0)) return []
      const current = row[column] as number
      const isWhole = areWhole[column] === true && Number.isInteger(current)
      return [{ kind: 'number', name, column, current, spread, isWhole, sorted: () => sortedAt(column) }]
    }),
    ...encodings.flatMap((encoding): ReadonlyArray<ChangeableCategory> => {
      const column = features.indexOf(encodedFeatures(encoding)[0] ?? '')
      if (column === -1) return []
      const { method, categories } = encoding
      const current =
        method === 'ordinal' ? (row[column] as number) : row.subarray(column, column + categories.length).indexOf(1)
      return [{ kind: method, name: encoding.column, column, categories, current }]
    }),
  ]
}

/** How far a value lies from the row's, in robust standard deviations. */
export function distanceOf({ current, spread }: ChangeableNumber, value: number): number {
  return Math.abs(value - current) / spread
}

/** The places of the categories that the row has not. */
export function categoryCodes(feature: ChangeableFeature): ReadonlyArray<number> {
  if (isNumber(feature)) return []
  return feature.categories.map((_, code) => code).filter((code) => code !== feature.current)
}

/** A copy of the row with the feature at another value, for a category its place. */
export function withValue(row: Float64Array, feature: ChangeableFeature, value: number): Float64Array {
  const changed = row.slice()
  if (feature.kind === 'onehot') {
    changed.fill(0, feature.column, feature.column + feature.categories.length)
    changed[feature.column + value] = 1
  } else {
    changed[feature.column] = value
  }
  return changed
}
