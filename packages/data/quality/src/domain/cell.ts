/**
 * How the values of a column are stored, in an engine's terms. `other` (lists, structures, binary, intervals ...) can only be
 * counted. Whole numbers and decimals are exact; `timestamp` and `date` are points in time, UTC where no zone is given.
 */
export type ColumnKind = 'integer' | 'decimal' | 'float' | 'text' | 'boolean' | 'timestamp' | 'date' | 'other'

/** A column as an engine knows it. */
export interface TableColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** The engine's own word for it. */
  readonly physicalType: string
}

/**
 * A value by the kind of its column: `integer` a number, or a bigint past 2^53; `decimal` its shortest decimal text; `float` a
 * number, NaN and infinities included, never -0; `timestamp` and `date` epoch microseconds, whole; null none.
 */
export type Cell = number | bigint | string | boolean | null

/** True for kinds whose values are numbers. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'float'
}

/** True for kinds whose values are points in time. */
export function isTime(kind: ColumnKind): boolean {
  return kind === 'timestamp' || kind === 'date'
}
