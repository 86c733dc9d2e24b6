/**
 * How far apart two rows are: the root of the sum of squared differences, the sum of absolute differences, or the
 * largest absolute difference. Every feature counts alike: put them on one scale first.
 */
export type Metric = 'euclidean' | 'manhattan' | 'chebyshev'

/**
 * A distance as the searches compare it, back to the metric's own unit: squared for `euclidean`, since the root, which
 * keeps the order, is only worth taking for the few rows that are returned.
 */
export function distanceOf(metric: Metric, reduced: number): number {
  return metric === 'euclidean' ? Math.sqrt(reduced) : reduced
}
