/** The squared Euclidean distance of the rows at `a[from ...]` and `b[to ...]`. */
export function squaredDistance(a: Float64Array, from: number, b: Float64Array, to: number, columns: number): number {
  let square = 0
  for (let column = 0; column < columns; column++) {
    const off = (a[from + column] as number) - (b[to + column] as number)
    square += off * off
  }
  return square
}
