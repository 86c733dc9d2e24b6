/**
 * Average of maximum and maximum of average: the members are dealt into buckets; one rule combines within a bucket, the other
 * the buckets. Between the mean, which one blind member weakens, and the maximum, which one noisy member rules.
 * Source: C. Aggarwal, S. Sathe (2015), Theoretical Foundations and Algorithms for Outlier Ensembles, section 5. PyOD's `aom` and
 * `moa` (method 'static') want a number of members that the buckets divide; here buckets differ in size by one at most.
 */
import { averageOf, maximumOf } from './combine-scores.ts'

/**
 * Deals members into buckets at random, as evenly as can be.
 * @param buckets - from 1 to `members`
 * @returns shape (members): the bucket of each, from 0
 */
export function dealIntoBuckets(members: number, buckets: number, random: () => number): Int32Array {
  const bucketOf = Int32Array.from({ length: members }, (_, member) => member % buckets)
  for (let last = members - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const held = bucketOf[last] as number
    bucketOf[last] = bucketOf[other] as number
    bucketOf[other] = held
  }
  return bucketOf
}

/**
 * The mean over the buckets of each one's highest score.
 * @param members - at least one, each of shape (n)
 * @param bucketOf - shape (members), no bucket empty
 */
export function averageOfMaximum(members: ReadonlyArray<Float64Array>, bucketOf: Int32Array): Float64Array {
  return averageOf(bucketsOf(members, bucketOf).map(maximumOf))
}

/** The highest over the buckets of each one's mean score; as `averageOfMaximum`. */
export function maximumOfAverage(members: ReadonlyArray<Float64Array>, bucketOf: Int32Array): Float64Array {
  return maximumOf(bucketsOf(members, bucketOf).map((bucket) => averageOf(bucket)))
}

function bucketsOf(
  members: ReadonlyArray<Float64Array>,
  bucketOf: Int32Array,
): ReadonlyArray<ReadonlyArray<Float64Array>> {
  return [...new Set(bucketOf)].map((bucket) => members.filter((_, member) => bucketOf[member] === bucket))
}
