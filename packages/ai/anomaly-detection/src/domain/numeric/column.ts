import type { Matrix } from '../matrix.ts'

/** Copies column `column` of a matrix into `out`, shape (rows). */
export function copyColumn(x: Matrix, column: number, out: Float64Array): void {
  const { data, rows, columns } = x
  for (let row = 0, at = column; row < rows; row++, at += columns) out[row] = data[at] as number
}

const TURN = 64 // rows a turn: they and what they are copied to stay in the core's cache

/** All columns, one after another; shape (columns, rows). */
export function columnsOf({ data, rows, columns }: Matrix): Float64Array {
  const out = new Float64Array(rows * columns)
  for (let first = 0; first < rows; first += TURN) {
    const last = Math.min(first + TURN, rows)
    for (let column = 0; column < columns; column++) {
      const to = column * rows
      for (let row = first, at = first * columns + column; row < last; row++, at += columns) {
        out[to + row] = data[at] as number
      }
    }
  }
  return out
}
