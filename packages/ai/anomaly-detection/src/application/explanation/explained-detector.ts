import type { IforestState } from '../../domain/detectors/iforest.ts'
import {
  type AdditiveDetector,
  scoresOfFeature,
  type SteppedDetector,
} from '../../domain/explanation/additive-detector.ts'
import { nextDown, nextUp } from '../../domain/explanation/adjacent-doubles.ts'
import { breakpointsOf } from '../../domain/explanation/breakpoints.ts'
import type { ScoreRows } from '../../domain/explanation/score-rows.ts'
import type { Matrix } from '../../domain/matrix.ts'
import type { Normalization } from '../../domain/normalization.ts'
import type { FittedDetector } from '../catalogue/catalogue-entry.ts'
import { ADDITIVE_DETECTORS } from './explanation-methods.ts'

/** A fitted detector, and the scale on which it reads rows: explanations speak of the rows as they are. */
export interface ExplainedDetector {
  readonly fitted: FittedDetector
  readonly normalization: Normalization | undefined
  /** How it scores rows on its scale. */
  readonly score: ScoreRows
  readonly signal: AbortSignal | undefined
}

/** Rows on the detector's scale. */
export function scaled({ normalization }: Pick<ExplainedDetector, 'normalization'>, x: Matrix): Matrix {
  if (normalization === undefined) return x
  const { center, scale } = normalization
  const data = x.data.map((value, at) => (value - (center[at % x.columns] ?? 0)) / (scale[at % x.columns] ?? 1))
  return { data, rows: x.rows, columns: x.columns }
}

/** How the detector scores rows as they are. */
export function scorerOf(detector: ExplainedDetector): ScoreRows {
  return (x) => detector.score(scaled(detector, x))
}

/** The detector as one that scores feature by feature; undefined where it is none. */
export function additiveDetectorOf({ id, state }: FittedDetector): AdditiveDetector | undefined {
  const isAdditive = ADDITIVE_DETECTORS.includes(id)
  return isAdditive ? ({ id, state } as AdditiveDetector) : undefined // the catalogue gives a detector the state of its kind
}

/** The detector's trees; undefined where it is no isolation forest. */
export function forestOf({ id, state }: FittedDetector): IforestState | undefined {
  return id === 'iforest' ? (state as IforestState) : undefined // the catalogue gives a detector the state of its kind
}

/** Where the score may change as one feature moves, ascending; undefined where that is not known. */
export function breakpointFinderOf(detector: ExplainedDetector): ((column: number) => Float64Array) | undefined {
  const { fitted, normalization } = detector
  const forest = forestOf(fitted)
  const stepped = steppedDetectorOf(fitted)
  const pieces = forest === undefined ? stepped : ({ id: 'iforest', state: forest } as const)
  if (pieces === undefined) return undefined
  return (column) => {
    const found = breakpointsOf(pieces, column)
    if (normalization === undefined) return found
    const { center, scale } = normalization
    const values = Float64Array.from(found, (value) => value * (scale[column] ?? 1) + (center[column] ?? 0))
    return withNeighbours(values)
  }
}

// Brought back from another scale, they are right but for rounding.
function withNeighbours(values: Float64Array): Float64Array {
  const near = [...values].flatMap((value) => [
    nextDown(nextDown(value)),
    nextDown(value),
    value,
    nextUp(value),
    nextUp(nextUp(value)),
  ])
  return Float64Array.from(new Set(near.filter(Number.isFinite))).sort()
}

/** The score with one feature moved, for detectors that score feature by feature; undefined for others. */
export function moveScorerOf(
  detector: ExplainedDetector,
  row: Float64Array,
): ((column: number, values: Float64Array) => Float64Array) | undefined {
  const stepped = steppedDetectorOf(detector.fitted)
  if (stepped === undefined) return undefined
  const scaledValues = (column: number, values: Float64Array): Float64Array => {
    const { center, scale } = detector.normalization ?? {}
    return values.map((value) => (value - (center?.[column] ?? 0)) / (scale?.[column] ?? 1))
  }
  const partOf = (column: number, values: Float64Array): Float64Array =>
    scoresOfFeature(stepped, column, scaledValues(column, values))
  const own = row.map((value, column) => partOf(column, Float64Array.of(value))[0] ?? 0)
  return (column, values) => {
    const others = own.reduce((sum, part, i) => (i === column ? sum : sum + part), 0)
    return partOf(column, values).map((part) => part + others)
  }
}

function steppedDetectorOf(fitted: FittedDetector): SteppedDetector | undefined {
  const detector = additiveDetectorOf(fitted)
  if (detector === undefined) return undefined
  return detector.id === 'ecod' || detector.id === 'copod' || detector.id === 'hbos' ? detector : undefined
}
