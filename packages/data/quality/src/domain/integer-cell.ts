import type { Cell } from './cell.ts'

/** A whole number: a number where a double holds it, else a bigint. */
export function integerCell(value: bigint): Cell {
  const near = Number(value)
  return Number.isSafeInteger(near) ? near : value
}
