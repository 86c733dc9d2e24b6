/** Time series, in one go and a point at a time: see docs/time-series.md. */
export { autocorrelation, highestPeak } from './domain/time-series/autocorrelation.ts'
export {
  BayesianChangePoints,
  type BayesianChangePointParameters,
  type RunLength,
} from './domain/time-series/change-points/bayesian-change-points.ts'
export { changePoints, type ChangePointOptions, type Piece } from './domain/time-series/change-points/change-points.ts'
export type { ChangeKind, SegmentationOptions } from './domain/time-series/change-points/segment-cost.ts'
export { bestSmoothing, holtWintersStart } from './domain/time-series/fit-holt-winters.ts'
export {
  generalisedEsd,
  type GeneralisedEsd,
  type GeneralisedEsdOptions,
} from './domain/time-series/generalised-esd.ts'
export {
  type Forecast,
  HoltWinters,
  type HoltWintersKind,
  type HoltWintersStart,
  type Smoothing,
} from './domain/time-series/holt-winters.ts'
export { type Discord, discordsOf } from './domain/time-series/matrix-profile/discords.ts'
export {
  LeftMatrixProfile,
  type LeftMatrixProfileParameters,
  type StreamShape,
} from './domain/time-series/matrix-profile/left-matrix-profile.ts'
export {
  matrixProfile,
  type MatrixProfile,
  type MatrixProfileOptions,
} from './domain/time-series/matrix-profile/matrix-profile.ts'
export {
  multidimensionalProfile,
  type MultidimensionalProfile,
} from './domain/time-series/matrix-profile/multidimensional-profile.ts'
export { nearestShape, type NearestShape } from './domain/time-series/nearest-shape.ts'
export { findPeriod, type Period, windowLengthOf } from './domain/time-series/period.ts'
export {
  commonStep,
  type GapPolicy,
  type GridAggregate,
  regularGrid,
  type RegularGrid,
  type RegularGridOptions,
} from './domain/time-series/regular-grid.ts'
export {
  seasonalBaseline,
  type SeasonalBaseline,
  type SeasonalBaselineOptions,
} from './domain/time-series/seasonal-baseline.ts'
export {
  spectralResidual,
  type SpectralResidual,
  type SpectralResidualParameters,
} from './domain/time-series/spectral-residual.ts'
export { type Decomposition, stl, type StlOptions } from './domain/time-series/stl.ts'
export type { SeriesScores } from './domain/time-series/time-series-detector.ts'
export { epochUnitOf, type EpochUnit, parseIsoTime, parseTimes } from './domain/time-series/timestamp.ts'
