/**
 * What is learned of one detector's training scores, so that the scores of different detectors can be compared, and new
 * rows are treated as the training rows were.
 * Source: H.-P. Kriegel, P. Kröger, E. Schubert, A. Zimek (2011), Interpreting and Unifying Outlier Scores, sections 4.1
 * (regularization) and 4.2 (normalization).
 */
import { median } from '../numeric/order-statistic.ts'
import { inversionOf, inverted, type LogarithmicInversion, type ScoreNature } from './regularity.ts'

/**
 * How scores are brought to one scale; S is a score, and all else is of the training scores.
 * rank: the share of training scores below S, equal ones counted by half, in [0, 1].
 * z-score: (S - mean) / standard deviation, unbounded.
 * min-max: (S - min) / (max - min), cut to [0, 1], as PyOD's `predict_proba(method='linear')`.
 * regularized: max(0, S - base) / (max - base), cut to [0, 1]: the paper's baseline regularization, then its linear
 * normalization. The base is what an inlier scores by definition (1 for LOF), else the median.
 * gaussian: max(0, erf((S - mean) / (sd sqrt(2)))), in [0, 1), as PyOD's `predict_proba(method='unify')`.
 * gamma: max(0, (cdf(S) - cdf(mean)) / (1 - cdf(mean))), in [0, 1), with the cdf of the gamma distribution of the same
 * mean and variance; the scores are first shifted so that the least is 0: the paper's linear inversion of -S.
 * Before the last three, which are the paper's, scores that are -S over many orders of magnitude (ABOD's) go through its
 * logarithmic inversion; the others take every score as it is.
 */
export type UnificationMethod = 'rank' | 'z-score' | 'min-max' | 'regularized' | 'gaussian' | 'gamma'

/** The ranks of new scores are looked up in the training scores. */
export interface RankUnification {
  readonly method: 'rank'
  /** Shape (training rows), ascending. */
  readonly sorted: Float64Array
}

/** A score S becomes a function of (S * scale - center) / spread. */
export interface ScaledUnification {
  readonly method: Exclude<UnificationMethod, 'rank'>
  /** A power of two that keeps sums and squares of the scores inside the range of a double. */
  readonly scale: number
  readonly center: number
  /** > 0. Scores that differ by no more than rounding have no spread to judge by: theirs is 1. */
  readonly spread: number
  /** Of the gamma distribution, > 0; 1 for the other methods. */
  readonly shape: number
  /** What the scores go through before, where they need it. */
  readonly inversion?: LogarithmicInversion | undefined
}

/** See `RankUnification` and `ScaledUnification`. Plain data. */
export type Unification = RankUnification | ScaledUnification

const OF_THE_PAPER: ReadonlyArray<UnificationMethod> = ['regularized', 'gaussian', 'gamma']
const STRONGEST = 1000 // exponents that 2^e and 2^-e both have a normal double for
const ROUNDING = 2 ** -44 // differences below this share of the largest score are noise

/**
 * Learns from training scores.
 * @param scores - shape (n), n >= 1, finite; left as they are
 * @param nature - what the definition of the score says; default nothing
 */
export function unificationOf(
  scores: Float64Array,
  method: UnificationMethod,
  { base, isMinusScale = false }: ScoreNature = {},
): Unification {
  if (method === 'rank') return { method, sorted: scores.slice().sort() }
  const inversion = isMinusScale && OF_THE_PAPER.includes(method) ? inversionOf(scores) : undefined
  if (inversion === undefined) return scaledUnificationOf(scores, method, base)
  return { ...scaledUnificationOf(inverted(inversion, scores), method, base), inversion }
}

function scaledUnificationOf(
  scores: Float64Array,
  method: ScaledUnification['method'],
  knownBase: number | undefined,
): ScaledUnification {
  const largest = largestMagnitude(scores)
  const exponent = largest === 0 ? 0 : -Math.floor(Math.log2(largest)) - 1
  const scale = 2 ** Math.max(-STRONGEST, Math.min(STRONGEST, exponent))
  const scaled = scores.map((score) => score * scale)
  const { low, high, mean, variance } = momentsOf(scaled)
  const flat = { method, scale, center: low, spread: 1, shape: 1 }
  if (high - low <= ROUNDING * largest * scale) return flat
  switch (method) {
    case 'min-max':
      return { ...flat, spread: high - low }
    case 'regularized': {
      const base = knownBase === undefined ? median(scaled) : knownBase * scale
      return { ...flat, center: base, spread: high - base > ROUNDING * largest * scale ? high - base : 1 }
    }
    case 'z-score':
    case 'gaussian':
      return { ...flat, center: mean, spread: Math.sqrt(variance) }
    case 'gamma':
      return { ...flat, spread: variance / (mean - low), shape: (mean - low) ** 2 / variance }
  }
}

function largestMagnitude(scores: Float64Array): number {
  let largest = 0
  for (const score of scores) largest = Math.max(largest, Math.abs(score))
  return largest
}

interface Moments {
  readonly low: number
  readonly high: number
  readonly mean: number
  /** Of the population, as numpy's. */
  readonly variance: number
}

function momentsOf(values: Float64Array): Moments {
  let low = Infinity
  let high = -Infinity
  let sum = 0
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
    sum += value
  }
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { low, high, mean, variance: squares / values.length }
}
