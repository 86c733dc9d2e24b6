/**
 * Rows seen along the two directions in which standardised columns vary most, by power iteration.
 * @param columns - shape (d, n); missing values count as the mean
 * @returns shape (n, 2); the second is 0 where there is one column
 */
export function principalPlane(
  columns: ReadonlyArray<ReadonlyArray<number | null>>,
): ReadonlyArray<readonly [number, number]> {
  const standard = columns.map(standardised)
  const rows = standard[0]?.length ?? 0
  const covariance = standard.map((a) => standard.map((b) => dot(a, b) / Math.max(1, rows)))
  const first = directionOf(covariance)
  const strength = dot(
    first,
    covariance.map((row) => dot(row, first)),
  )
  const rest = covariance.map((row, i) => row.map((value, j) => value - strength * (first[i] ?? 0) * (first[j] ?? 0)))
  const second = columns.length > 1 ? directionOf(rest) : [0]
  const along = (direction: ReadonlyArray<number>, row: number): number =>
    standard.reduce((sum, column, index) => sum + (column[row] ?? 0) * (direction[index] ?? 0), 0)
  return Array.from({ length: rows }, (_, row) => [along(first, row), along(second, row)])
}

function standardised(column: ReadonlyArray<number | null>): ReadonlyArray<number> {
  const known = column.filter((value) => value !== null)
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const sd = Math.sqrt(square / Math.max(1, known.length)) || 1
  return column.map((value) => (value === null ? 0 : (value - mean) / sd))
}

function directionOf(matrix: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> {
  // not along any one column, so that no usual direction is at a right angle to it
  let direction = matrix.map((_, index) => 1 / (index + 1.3))
  for (let round = 0; round < 100; round++) {
    const next = matrix.map((row) => dot(row, direction))
    const length = Math.sqrt(dot(next, next))
    if (length < 1e-12) return matrix.map(() => 0)
    direction = next.map((value) => value / length)
  }
  return direction
}

const dot = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
