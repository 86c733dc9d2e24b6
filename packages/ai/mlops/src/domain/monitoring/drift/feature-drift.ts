import { MlopsError } from '../../errors.ts'
import { isOutside } from '../bounds.ts'
import { deviationOf } from '../numeric/moments.ts'
import { countsInBins, decileEdges, sharesOf } from './bins.ts'
import { chiSquared, twoProportions } from './counts-tests.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { commonCounts, distinctOf, type Sample } from './sample.ts'
import { hellinger, jensenShannon, lInfinity, populationStability } from './share-distances.ts'
import { wasserstein } from './wasserstein.ts'

/** A way to tell two samples of one column apart. The first three answer a p-value, the others a distance. */
export type DriftMethod =
  | 'kolmogorov-smirnov' // numeric only
  | 'chi-squared'
  | 'z' // two values only
  | 'wasserstein' // numeric only; in standard deviations of the reference
  | 'jensen-shannon'
  | 'psi'
  | 'hellinger'
  | 'l-infinity'

/** How drift of a column is judged. */
export interface DriftRule {
  /** Chosen by `automaticMethod` when absent. */
  readonly method?: DriftMethod
  /** A p-value below it (0.05 when absent), or a distance not below it (0.1 when absent), is drift. */
  readonly threshold?: number
  /** Judges by the statistic instead, whatever the method: more than this is drift. */
  readonly above?: number
}

/** What one method says of one column of one window. */
export interface FeatureDrift {
  readonly feature: string
  readonly method: DriftMethod
  /** >= 0; larger is further from the reference. */
  readonly statistic: number
  /** In [0, 1], small is abnormal; absent where the statistic decides. */
  readonly pValue?: number
  readonly threshold: number
  readonly drifted: boolean
}

const FEW_ROWS = 1000
const FEW_VALUES = 5
const TESTS: ReadonlySet<DriftMethod> = new Set(['kolmogorov-smirnov', 'chi-squared', 'z'])

/**
 * Evidently's rule: up to 1000 reference values a test (Kolmogorov-Smirnov above five different values, else chi-squared, Z for
 * two), above it a distance (Wasserstein above five different values, else Jensen-Shannon).
 * Source: Evidently 0.7, `stattests/registry.py`.
 */
export function automaticMethod(reference: Sample, window: Sample): DriftMethod {
  const distinct = distinctOf(reference, window, FEW_VALUES)
  const isMeasured = reference.kind === 'numeric' && distinct > FEW_VALUES
  if (reference.size > FEW_ROWS) return isMeasured ? 'wasserstein' : 'jensen-shannon'
  if (isMeasured) return 'kolmogorov-smirnov'
  return distinct > 2 ? 'chi-squared' : 'z'
}

/**
 * Judges one column of a window against the reference.
 * @returns undefined where either side has no value
 * @throws MlopsError `mlops/invalid-argument` where the method does not fit the column
 */
export function featureDrift(reference: Sample, window: Sample, rule: DriftRule = {}): FeatureDrift | undefined {
  if (reference.size === 0 || window.size === 0) return undefined
  const method = rule.method ?? automaticMethod(reference, window)
  const { statistic, pValue } = compare(method, reference, window)
  const { above } = rule
  if (above !== undefined)
    return {
      feature: reference.name,
      method,
      statistic,
      threshold: above,
      drifted: isOutside(statistic, { upper: above }),
    }
  const threshold = rule.threshold ?? (TESTS.has(method) ? 0.05 : 0.1)
  const drifted = pValue === undefined ? statistic >= threshold : pValue < threshold
  const outcome = { feature: reference.name, method, statistic, threshold, drifted }
  return pValue === undefined ? outcome : { ...outcome, pValue }
}

function compare(method: DriftMethod, a: Sample, b: Sample): { statistic: number; pValue?: number } {
  switch (method) {
    case 'kolmogorov-smirnov':
      requireNumeric(method, a)
      return kolmogorovSmirnov(a.sorted, b.sorted)
    case 'wasserstein':
      requireNumeric(method, a)
      // A constant reference has no scale: Evidently's floor keeps the quotient finite.
      return { statistic: wasserstein(a.sorted, b.sorted) / (deviationOf(a.sorted) || 0.001) }
    case 'chi-squared':
      return chiSquared(...commonCounts(a, b))
    case 'z':
      return compareProportions(a, b)
    case 'jensen-shannon':
      return { statistic: jensenShannon(...commonShares(a, b)) }
    case 'psi':
      return { statistic: populationStability(...commonShares(a, b)) }
    case 'hellinger':
      return { statistic: hellinger(...commonShares(a, b)) }
    case 'l-infinity':
      return { statistic: lInfinity(...commonShares(a, b)) }
  }
}

function compareProportions(a: Sample, b: Sample): { statistic: number; pValue: number } {
  const [inA, inB] = commonCounts(a, b)
  if (inA.length > 2) {
    const message = `column ${a.name} has ${inA.length} different values: the Z test takes two; use chi-squared`
    throw new MlopsError('mlops/invalid-argument', message, { field: a.name, found: inA.length })
  }
  return twoProportions(inA[0] ?? 0, a.size, inB[0] ?? 0, b.size)
}

// Few different numbers are their own bins, as Evidently has it.
function commonShares(a: Sample, b: Sample): [number[], number[]] {
  if (a.kind === 'categorical' || distinctOf(a, b, FEW_VALUES) <= FEW_VALUES) {
    const [inA, inB] = commonCounts(a, b)
    return [sharesOf(inA), sharesOf(inB)]
  }
  const edges = decileEdges(a.sorted)
  return [sharesOf(countsInBins(a.sorted, edges)), sharesOf(countsInBins(b.sorted, edges))]
}

function requireNumeric(method: DriftMethod, { kind, name }: Sample): void {
  if (kind === 'numeric') return
  const message = `${method} needs numbers, and column ${name} is categorical: use jensen-shannon or chi-squared`
  throw new MlopsError('mlops/invalid-argument', message, { field: name, found: kind })
}
