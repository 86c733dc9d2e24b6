/** The Gaussian kernel exp(-gamma d^2) of rows, its width by the median heuristic: A. Gretton et al. (2012), section 8. */
import type { Matrix } from '../../matrix.ts'
import { median } from '../../numeric/order-statistic.ts'

/** The squared distance of each row from each; shape (rows, rows), zeros on the diagonal. */
export function squaredDistances({ data, rows, columns }: Matrix): Float64Array {
  const squares = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const square = squaredDistance(data, i * columns, data, j * columns, columns)
      squares[i * rows + j] = square
      squares[j * rows + i] = square
    }
  }
  return squares
}

/** Of a row that begins at `from` and another that begins at `to`. */
export function squaredDistance(
  a: ArrayLike<number>,
  from: number,
  b: ArrayLike<number>,
  to: number,
  columns: number,
): number {
  let sum = 0
  for (let c = 0; c < columns; c++) {
    const gap = (a[from + c] as number) - (b[to + c] as number)
    sum += gap * gap
  }
  return sum
}

/** 1 over the median of the squared distances of all pairs; 1 where most rows are equal. @param squares - shape (rows, rows) */
export function medianGamma(squares: Float64Array, rows: number): number {
  const pairs = new Float64Array((rows * (rows - 1)) / 2)
  for (let i = 1, at = 0; i < rows; at += i, i++) pairs.set(squares.subarray(i * rows, i * rows + i), at)
  return 1 / (median(pairs) || 1)
}

/** The sums of the rows of a matrix; shape (rows). @param matrix - shape (rows, rows) */
export function rowSums(matrix: Float64Array, rows: number): Float64Array {
  const sums = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < rows; j++) sum += matrix[i * rows + j] as number
    sums[i] = sum
  }
  return sums
}
