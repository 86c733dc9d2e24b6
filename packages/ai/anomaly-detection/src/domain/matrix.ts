/** A dense row-major matrix: value (r, c) stands at `data[r * columns + c]`. Shape (rows, columns). */
export interface Matrix {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
}
