import type { IforestState } from '../../domain/detectors/iforest.ts'
import type { AdditiveDetector } from '../../domain/explanation/additive-detector.ts'
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
