import { errorFunction, upperGamma } from '../numeric/incomplete-gamma.ts'
import { rankInto } from '../numeric/rank.ts'
import { inverted } from './regularity.ts'
import type { RankUnification, ScaledUnification, Unification } from './unification.ts'

const FARTHEST = 2 ** 500 // beyond this a z-score says no more, and a sum of several could overflow

/**
 * Scores on the common scale: finite, in the order of the scores (where the scale ends, equal), a row's independent of
 * the others. Training scores that are all alike become all alike: 0, or 0.5 by rank.
 * @param scores - shape (m), finite, of the detector that the unification was learned from; left as they are
 * @returns shape (m); see `UnificationMethod` for the range
 */
export function unify(unification: Unification, scores: Float64Array): Float64Array {
  return unification.method === 'rank' ? ranked(unification, scores) : scaled(unification, scores)
}

function ranked({ sorted }: RankUnification, scores: Float64Array): Float64Array {
  const below = new Uint32Array(scores.length)
  const atMost = new Uint32Array(scores.length)
  rankInto(sorted, scores, below, atMost)
  return scores.map((_, row) => ((below[row] as number) + (atMost[row] as number)) / (2 * sorted.length))
}

function scaled(
  { method, scale, center, spread, shape, inversion }: ScaledUnification,
  scores: Float64Array,
): Float64Array {
  const regular = inversion === undefined ? scores : inverted(inversion, scores)
  const distances = regular.map((score) => clamp((score * scale - center) / spread, -FARTHEST, FARTHEST))
  switch (method) {
    case 'z-score':
      return distances
    case 'min-max':
    case 'regularized':
      return distances.map((distance) => clamp(distance, 0, 1))
    case 'gaussian':
      return distances.map((distance) => (distance <= 0 ? 0 : errorFunction(distance / Math.SQRT2)))
    case 'gamma': {
      const aboveMean = upperGamma(shape, shape)
      return distances.map((distance) => Math.max(0, 1 - upperGamma(shape, distance) / aboveMean))
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
