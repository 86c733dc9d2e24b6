import type { Matrix } from '../matrix.ts'

/** Copies column `column` of a matrix into `out`, shape (rows). */
export function copyColumn(x: Matrix, column: number, out: Float64Array): void {
  const { data, rows, columns } = x
  for (let row = 0, at = column; row < rows; row++, at += columns) out[row] = data[at] as number
}
