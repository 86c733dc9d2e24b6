import { andersonDarling } from './anderson-darling.ts'
import { type ColumnPair, commonCounts } from './column-pair.ts'
import { chiSquared, fisherExact } from './counts-tests.ts'
import { cramerVonMises } from './cramer-von-mises.ts'
import { distributionDistance } from './distribution-distance.ts'
import type { DriftMethod } from './drift-method.ts'
import { energyTest, type EnergyTestOptions } from './energy-test.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { mannWhitney } from './mann-whitney.ts'
import { poolRare } from './pool-rare.ts'
import { wasserstein } from './sample-distances.ts'
import { decileEdges, sharesInBins } from './share-bins.ts'
import { hellinger, jensenShannon, populationStability } from './share-distances.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'
import { momentsOf, welch } from './welch.ts'

/** What a method says of one column. */
export interface ColumnComparison {
  readonly statistic: number
  /** Null where the method is a distance. */
  readonly pValue: number | null
  /**
   * The size of the change, whatever the number of rows; >= 0. The distance itself; of tests of a distribution the greatest
   * distance of the two (0 to 1); of mann-whitney Cliff's delta (0 to 1); of welch the difference of means in standard deviations;
   * of counts Cramér's V (0 to 1).
   */
  readonly effect: number
}

/** @param pair - with values in both samples, and a method that suits it */
export function compareColumn(pair: ColumnPair, method: DriftMethod, options: EnergyTestOptions): ColumnComparison {
  const [a, b] = [pair.reference.sorted, pair.current.sorted]
  switch (method) {
    case 'anderson-darling':
      return withDistance(andersonDarling(a, b), a, b)
    case 'kolmogorov-smirnov':
      return withDistance(kolmogorovSmirnov(a, b), a, b)
    case 'cramer-von-mises':
      return withDistance(cramerVonMises(a, b), a, b)
    case 'energy':
      return withDistance(energyTest(a, b, options), a, b)
    case 'mann-whitney': {
      const outcome = mannWhitney(a, b)
      return { ...outcome, effect: Math.abs((2 * outcome.statistic) / (a.length * b.length) - 1) }
    }
    case 'welch':
      return { ...welch(a, b), effect: standardisedDifference(a, b) }
    case 'chi-squared':
    case 'fisher':
      return compareCounts(pair, method)
    case 'wasserstein':
      return distance(wasserstein(a, b) / (Math.sqrt(momentsOf(a).variance) || 1))
    case 'psi':
      return distance(populationStability(...sharesOf(pair)))
    case 'jensen-shannon':
      return distance(jensenShannon(...sharesOf(pair)))
    case 'hellinger':
      return distance(hellinger(...sharesOf(pair)))
  }
}

function distance(value: number): ColumnComparison {
  return { statistic: value, pValue: null, effect: value }
}

function withDistance(outcome: TwoSampleOutcome, a: Float64Array, b: Float64Array): ColumnComparison {
  return { ...outcome, effect: distributionDistance(a, b) }
}

function standardisedDifference(a: Float64Array, b: Float64Array): number {
  const [first, second] = [momentsOf(a), momentsOf(b)]
  const degrees = a.length + b.length - 2
  const pooled = ((a.length - 1) * first.variance + (b.length - 1) * second.variance) / Math.max(1, degrees)
  const difference = Math.abs(first.mean - second.mean)
  return difference === 0 ? 0 : difference / Math.sqrt(pooled)
}

function compareCounts(pair: ColumnPair, method: 'chi-squared' | 'fisher'): ColumnComparison {
  const { inReference, inCurrent } = commonCounts(pair)
  const effect = Math.sqrt(chiSquared(inReference, inCurrent).statistic / (pair.reference.size + pair.current.size))
  if (method === 'fisher') {
    const [a0 = 0, a1 = 0] = inReference
    const [b0 = 0, b1 = 0] = inCurrent
    return { ...fisherExact([a0, a1], [b0, b1]), effect }
  }
  const pooled = poolRare(inReference, inCurrent)
  return { ...chiSquared(pooled.a, pooled.b), effect }
}

function sharesOf(pair: ColumnPair): [ReadonlyArray<number>, ReadonlyArray<number>] {
  const { reference, current } = pair
  if (pair.kind === 'number') {
    const edges = decileEdges(reference.sorted)
    return [sharesInBins(reference.sorted, edges), sharesInBins(current.sorted, edges)]
  }
  const { inReference, inCurrent } = commonCounts(pair)
  return [inReference.map((count) => count / reference.size), inCurrent.map((count) => count / current.size)]
}
