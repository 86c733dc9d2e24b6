import type { ColumnTotals } from '../../application/ports/profile-engine.ts'
import { numberOf, sumOfDecimals } from '../../domain/cell-number.ts'
import { compareCells } from '../../domain/cell-order.ts'
import { type Cell, type ColumnKind, isTime } from '../../domain/cell.ts'
import type { MemoryColumn } from './memory-column.ts'

/** What one pass over a column tells. */
export function memoryTotals(column: MemoryColumn): ColumnTotals {
  if (column.kind === 'text') return textTotals(column)
  if (column.kind === 'boolean' || column.kind === 'other') return { count: presentOf(column).length }
  if (column.kind === 'float') return floatTotals(presentOf(column).map(numberOf))
  const cells = presentOf(column)
  const [min, max] = endsOf(cells, column.kind)
  if (isTime(column.kind)) return { count: cells.length, min, max }
  const sum = cells.length === 0 ? null : sumOfCells(cells)
  const zeros = cells.filter((cell) => numberOf(cell) === 0).length
  const negatives = cells.filter((cell) => numberOf(cell) < 0).length
  return { count: cells.length, min, max, sum, zeros, negatives }
}

function presentOf(column: MemoryColumn): ReadonlyArray<Cell> {
  return Array.from(column.values).filter((cell) => cell !== null)
}

function floatTotals(values: ReadonlyArray<number>): ColumnTotals {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [zeros, negatives, nans, positiveInfinities, negativeInfinities] = [0, 0, 0, 0, 0]
  for (const value of values) {
    if (Number.isNaN(value)) nans++
    else if (value === Number.POSITIVE_INFINITY) positiveInfinities++
    else if (value === Number.NEGATIVE_INFINITY) negativeInfinities++
    else {
      min = Math.min(min, value)
      max = Math.max(max, value)
      if (value === 0) zeros++
      else if (value < 0) negatives++
    }
  }
  const some = min <= max
  const ends = { min: some ? min : null, max: some ? max : null }
  return { count: values.length, ...ends, zeros, negatives, nans, positiveInfinities, negativeInfinities }
}

function textTotals(column: MemoryColumn): ColumnTotals {
  let [count, least, most, sum, empty] = [0, Number.POSITIVE_INFINITY, 0, 0, 0]
  for (let i = 0; i < column.values.length; i++) {
    const value = column.values[i]
    if (typeof value !== 'string') continue
    const length = lengthOf(value)
    count++
    least = Math.min(least, length)
    most = Math.max(most, length)
    sum += length
    if (length === 0) empty++
  }
  return { count, lengths: { min: count === 0 ? 0 : least, max: most, sum, empty } }
}

function lengthOf(text: string): number {
  let length = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--
  }
  return length
}

function endsOf(cells: ReadonlyArray<Cell>, kind: ColumnKind): readonly [Cell, Cell] {
  let [min, max]: [Cell, Cell] = [null, null]
  for (const cell of cells) {
    if (min === null || compareCells(cell, min, kind) < 0) min = cell
    if (max === null || compareCells(cell, max, kind) > 0) max = cell
  }
  return [min, max]
}

function sumOfCells(cells: ReadonlyArray<Cell>): string {
  if (cells.some((cell) => typeof cell === 'string'))
    return sumOfDecimals(cells.map((cell) => [String(cell), 1] as const))
  let [whole, small] = [0n, 0]
  for (const cell of cells) {
    if (typeof cell === 'bigint') whole += cell
    else if (typeof cell === 'number') {
      // Both below 2^52, so that the sum stays exact.
      if (Math.abs(cell) < 2 ** 52) small += cell
      else whole += BigInt(cell)
      if (Math.abs(small) >= 2 ** 52) [whole, small] = [whole + BigInt(small), 0]
    }
  }
  return String(whole + BigInt(small))
}
