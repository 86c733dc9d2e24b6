/**
 * The energy test of two samples of numbers, by permutation.
 * Source: G. Székely, M. Rizzo (2004), Testing for equal distributions in high dimension, InterStat.
 */
import { sampleWithoutReplacement } from '../../numeric/sample.ts'
import { seededRandom } from '../../numeric/seeded-random.ts'
import { energyDistance } from './sample-distances.ts'
import { drawFirst } from './shuffled-labels.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

/** How the test is made. */
export interface EnergyTestOptions {
  /** How many times the values are dealt anew, >= 19; default 499: the smallest p value is 1 / 500. */
  readonly permutations?: number
  /** A safe integer >= 0; default 0. */
  readonly seed?: number
  /** The p value is that of at most so many values of each sample, drawn by the seed; default 10,000. */
  readonly maxValues?: number
}

/**
 * @param a - ascending, n >= 1 values
 * @param b - ascending, m >= 1 values
 * @returns the statistic is the energy distance, see `energyDistance`
 */
export function energyTest(
  a: Float64Array,
  b: Float64Array,
  { permutations = 499, seed = 0, maxValues = 10_000 }: EnergyTestOptions = {},
): TwoSampleOutcome {
  const statistic = energyDistance(a, b)
  const random = seededRandom(seedOf(seed, statistic))
  const [x, y] = [thinnedValues(a, maxValues, random), thinnedValues(b, maxValues, random)]
  return { statistic, pValue: permuted(x, y, permutations, random) }
}

function permuted(a: Float64Array, b: Float64Array, permutations: number, random: () => number): number {
  const observed = energyDistance(a, b)
  const pooled = new Float64Array(a.length + b.length)
  pooled.set(a)
  pooled.set(b, a.length)
  pooled.sort()
  const order = Int32Array.from(pooled, (_, at) => at)
  const isFirst = new Uint8Array(pooled.length)
  let atLeast = 1
  for (let turn = 0; turn < permutations; turn++) {
    drawFirst(order, a.length, random)
    isFirst.fill(0)
    for (let at = 0; at < a.length; at++) isFirst[order[at] as number] = 1
    if (distanceOfLabels(pooled, isFirst, a.length) >= observed * (1 - 1e-12)) atLeast++ // equal deals differ by rounding
  }
  return atLeast / (permutations + 1)
}

function thinnedValues(sorted: Float64Array, most: number, random: () => number): Float64Array {
  if (sorted.length <= most) return sorted
  const chosen = sampleWithoutReplacement(sorted.length, most, random).sort()
  return Float64Array.from(chosen, (at) => sorted[at] as number)
}

// The values are sorted: with the same deals for all samples, the chance of a false alarm would be that of these deals.
function seedOf(seed: number, statistic: number): number {
  const [low = 0, high = 0] = new Uint32Array(Float64Array.of(statistic).buffer)
  return seed ^ Math.imul(low, 0x9e3779b1) ^ high
}

function distanceOfLabels(pooled: Float64Array, isFirst: Uint8Array, n: number): number {
  const m = pooled.length - n
  let area = 0
  let first = 0
  for (let at = 0; at + 1 < pooled.length; at++) {
    first += isFirst[at] as number
    const gap = first / n - (at + 1 - first) / m
    area += gap * gap * ((pooled[at + 1] as number) - (pooled[at] as number))
  }
  return Math.sqrt(2 * area)
}
