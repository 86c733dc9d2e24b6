import { averageOfMaximum, maximumOfAverage } from './buckets.ts'
import { averageOf, maximumOf, medianOf } from './combine-scores.ts'
import { type Stacking, stackedOf } from './stacking.ts'
import { voteOf } from './vote.ts'

/**
 * average: the (weighted) mean. max: the highest. median: the middle. aom, moa: average of maximum and maximum of average, over
 * buckets of members. vote: the (weighted) share of members that call a row an anomaly. stack: learned from known rows.
 */
export type CombinationMethod = 'average' | 'max' | 'median' | 'aom' | 'moa' | 'vote' | 'stack'

/** How members' unified scores become one, with all that was learned for it. Plain data; arrays of shape (members). */
export type CombinationRule =
  | { readonly method: 'average'; readonly weights: Float64Array }
  | { readonly method: 'max' | 'median' }
  | { readonly method: 'aom' | 'moa'; readonly bucketOf: Int32Array }
  | { readonly method: 'vote'; readonly weights: Float64Array; readonly thresholds: Float64Array }
  | ({ readonly method: 'stack' } & Stacking)

/** Members' unified scores as one, each of shape (n). @param members - as many as the rule was made for */
export function combineBy(rule: CombinationRule, members: ReadonlyArray<Float64Array>): Float64Array {
  switch (rule.method) {
    case 'average':
      return averageOf(members, rule.weights)
    case 'max':
      return maximumOf(members)
    case 'median':
      return medianOf(members)
    case 'aom':
      return averageOfMaximum(members, rule.bucketOf)
    case 'moa':
      return maximumOfAverage(members, rule.bucketOf)
    case 'vote':
      return voteOf(members, rule.thresholds, rule.weights)
    case 'stack':
      return stackedOf(members, rule)
  }
}
