/**
 * Members vote on each row; equal shares are put in order by the members' mean score. A plain share of votes takes few
 * values, and would rank no row before another within them.
 */
import { averageOf } from './combine-scores.ts'

const TIE_BREAK = 2 ** -10 // less than one vote of up to a thousand equal members

/**
 * The share of the (weighted) votes that call a row an anomaly, less up to 1/1024 for a low mean score: above 0.5 exactly
 * where a majority does. Half of the votes is no majority, as in PyOD's `majority_vote`.
 * @param members - at least one, each of shape (n)
 * @param thresholds - shape (members); a member votes for a row that it scores above its threshold
 * @param weights - shape (members), >= 0, not all 0
 * @returns shape (n), in [-1/1024, 1]
 */
export function voteOf(
  members: ReadonlyArray<Float64Array>,
  thresholds: Float64Array,
  weights: Float64Array,
): Float64Array {
  const votes = members.map((scores, member) => scores.map((score) => (score > (thresholds[member] as number) ? 1 : 0)))
  const mean = averageOf(members, weights)
  return averageOf(votes, weights).map((share, row) => share - TIE_BREAK * (1 - intoUnit(mean[row] as number)))
}

// Any number into [0, 1], in order.
function intoUnit(value: number): number {
  return 0.5 + (0.5 * value) / (1 + Math.abs(value))
}
