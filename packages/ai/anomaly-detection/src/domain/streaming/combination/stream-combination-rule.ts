/**
 * How several scores of one sample become one. mean: the weighted mean; max: the highest; median: the middle. aom, moa: average
 * of maximum, and maximum of average, over buckets of members: between the mean, which one blind member weakens, and the
 * maximum, which one noisy member rules.
 * Source: C. Aggarwal, S. Sathe (2015), Theoretical Foundations and Algorithms for Outlier Ensembles, section 5.
 */
export type StreamCombinationRule = 'mean' | 'max' | 'median' | 'aom' | 'moa'

/**
 * @param scores - shape (members), at least one, on one scale; higher is more anomalous
 * @param weights - shape (members), the sum 1; for the mean
 * @param bucketOf - shape (members), from 0, no bucket empty; for aom and moa
 */
export function combinedScore(
  rule: StreamCombinationRule,
  scores: Float64Array,
  weights: Float64Array,
  bucketOf: Int32Array,
): number {
  switch (rule) {
    case 'mean':
      return scores.reduce((sum, score, member) => sum + score * (weights[member] as number), 0)
    case 'max':
      return Math.max(...scores)
    case 'median': {
      const sorted = scores.toSorted()
      const middle = sorted.length >> 1
      const upper = sorted[middle] as number
      return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
    }
    case 'aom':
      return meanOf(bucketsOf(scores, bucketOf).map((bucket) => Math.max(...bucket)))
    case 'moa':
      return Math.max(...bucketsOf(scores, bucketOf).map(meanOf))
  }
}

function bucketsOf(scores: Float64Array, bucketOf: Int32Array): ReadonlyArray<ReadonlyArray<number>> {
  const buckets: number[][] = []
  for (const [member, score] of scores.entries()) (buckets[bucketOf[member] as number] ??= []).push(score)
  return buckets.filter((bucket) => bucket.length > 0)
}

function meanOf(values: ReadonlyArray<number>): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
