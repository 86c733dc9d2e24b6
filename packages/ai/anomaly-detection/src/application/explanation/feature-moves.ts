import {
  type AdditiveDetector,
  scoresOfFeature,
  type SteppedDetector,
} from '../../domain/explanation/additive-detector.ts'
import { nextDown, nextUp } from '../../domain/explanation/adjacent-doubles.ts'
import { breakpointsOf, type PiecewiseConstant } from '../../domain/explanation/breakpoints.ts'
import type { CounterfactualSearch } from '../../domain/explanation/counterfactual-search.ts'
import { additiveDetectorOf, type ExplainedDetector, forestOf } from './explained-detector.ts'

/** What is known of how a detector's score changes as single features of a row move. */
export type FeatureMoves = Pick<CounterfactualSearch, 'breakpointsOf' | 'scoreMoves' | 'lowestScore'>

const NEIGHBOURS = 2 // doubles on either side of a value that was brought back from another scale

/**
 * What is known of it, for one row after another; nothing for detectors that are neither forests nor score feature by feature.
 * What hangs on the detector alone is found once.
 */
export function featureMovesOf(detector: ExplainedDetector): (row: Float64Array) => FeatureMoves {
  const stepped = steppedDetectorOf(additiveDetectorOf(detector.fitted))
  const forest = forestOf(detector.fitted)
  const pieces: PiecewiseConstant | undefined = forest === undefined ? stepped : { id: 'iforest', state: forest }
  if (pieces === undefined) return () => ({})
  const breakpoints = memoized((column) => onDataScale(detector, breakpointsOf(pieces, column), column))
  if (stepped === undefined) return () => ({ breakpointsOf: breakpoints })
  const partOf = (column: number, values: Float64Array): Float64Array =>
    scoresOfFeature(stepped, column, onDetectorScale(detector, values, column))
  const lowestPart = memoized((column) => lowestOf(breakpoints(column), (values) => partOf(column, values)))
  return (row) => {
    const own = row.map((value, column) => partOf(column, Float64Array.of(value))[0] ?? 0)
    const othersOf = (column: number): number => own.reduce((sum, part, i) => (i === column ? sum : sum + part), 0)
    return {
      breakpointsOf: breakpoints,
      scoreMoves: (column, values) => {
        const others = othersOf(column)
        return partOf(column, values).map((part) => part + others)
      },
      lowestScore: (column) => lowestPart(column) + othersOf(column),
    }
  }
}

function steppedDetectorOf(detector: AdditiveDetector | undefined): SteppedDetector | undefined {
  if (detector === undefined) return undefined
  return detector.id === 'ecod' || detector.id === 'copod' || detector.id === 'hbos' ? detector : undefined
}

function onDetectorScale({ normalization }: ExplainedDetector, values: Float64Array, column: number): Float64Array {
  if (normalization === undefined) return values
  const { center, scale } = normalization
  return values.map((value) => (value - (center[column] ?? 0)) / (scale[column] ?? 1))
}

// They are right but for rounding, so the doubles beside them are taken as well.
function onDataScale({ normalization }: ExplainedDetector, values: Float64Array, column: number): Float64Array {
  if (normalization === undefined) return values
  const { center, scale } = normalization
  const near = new Float64Array(values.length * (2 * NEIGHBOURS + 1))
  let at = 0
  for (const value of values) {
    const moved = value * (scale[column] ?? 1) + (center[column] ?? 0)
    near[at++] = moved
    for (let i = 0, [below, above] = [moved, moved]; i < NEIGHBOURS; i++) {
      below = nextDown(below)
      above = nextUp(above)
      near[at++] = below
      near[at++] = above
    }
  }
  return near.sort().filter((value, i) => Number.isFinite(value) && (i === 0 || value !== near[i - 1]))
}

// Every piece holds a breakpoint, or the double behind one, or the one before the first.
function lowestOf(breakpoints: Float64Array, partsOf: (values: Float64Array) => Float64Array): number {
  const first = breakpoints[0]
  if (first === undefined) return -Infinity
  const least = (values: Float64Array): number =>
    partsOf(values.filter(Number.isFinite)).reduce((low, part) => Math.min(low, part), Infinity)
  return Math.min(least(breakpoints), least(breakpoints.map(nextUp)), least(Float64Array.of(nextDown(first))))
}

function memoized<T>(make: (column: number) => T): (column: number) => T {
  const made = new Map<number, T>()
  return (column) => {
    const known = made.get(column)
    if (known !== undefined) return known
    const fresh = make(column)
    made.set(column, fresh)
    return fresh
  }
}
