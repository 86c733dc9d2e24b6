/** The slope of log(time) against log(rows) by least squares: how fast the time grows, 1 being as the rows do. */
export function growthExponent(points: ReadonlyArray<{ readonly rows: number; readonly seconds: number }>): number {
  const logs = points.map(({ rows, seconds }) => ({ x: Math.log(rows), y: Math.log(seconds) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const products = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const squares = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  return products / squares
}
