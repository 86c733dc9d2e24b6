import { bindLiteral } from '../../domain/bind-literal.ts'
import { compareCells } from '../../domain/cell-order.ts'
import { isNumeric, type Cell, type ColumnKind } from '../../domain/cell.ts'
import { compareDecimals } from '../../domain/decimal.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Literal } from '../../domain/predicate.ts'

/** Bounds as expectations write them. */
export interface Bounds {
  readonly minValue?: Literal | undefined
  readonly maxValue?: Literal | undefined
  readonly strictMin?: boolean
  readonly strictMax?: boolean
}

/**
 * Does a measured value lie within bounds? No value never does, unless there are no bounds.
 * @throws QualityError `quality/invalid-arguments` for a bound of another kind
 */
export function isWithin(cell: Cell, kind: ColumnKind, bounds: Bounds): boolean {
  const { minValue = null, maxValue = null, strictMin = false, strictMax = false } = bounds
  if (minValue === null && maxValue === null) return true
  if (cell === null || Number.isNaN(cell)) return false
  const least = minValue === null ? 1 : compareToBound(cell, kind, minValue, 'minValue')
  const most = maxValue === null ? -1 : compareToBound(cell, kind, maxValue, 'maxValue')
  return (strictMin ? least > 0 : least >= 0) && (strictMax ? most < 0 : most <= 0)
}

function compareToBound(cell: Cell, kind: ColumnKind, bound: Literal, path: string): number {
  // Sums and means leave the column's kind; decimals hold all finite numbers.
  const common = isNumeric(kind) ? 'decimal' : kind
  const value = bindLiteral(bound, { kind: common })
  if (value === undefined) {
    throw new QualityError(
      'quality/invalid-arguments',
      `${path} is a ${typeof bound}, the column holds ${kind} values`,
      { path },
    )
  }
  if (common !== 'decimal') return compareCells(cell, value, kind)
  if (typeof cell === 'number' && !Number.isFinite(cell)) return cell
  return compareDecimals(String(cell), String(value))
}
