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
export {
  detectTimeSeries,
  type FoundCycle,
  type TimeSeriesDetection,
  type TimeSeriesOptions,
} from './application/time-series/detect-time-series.ts'
export { readTimeSeries } from './application/time-series/read-time-series.ts'
export type { ReadSeries, TimeSeriesColumns, TimeSeriesTable } from './application/time-series/read-time-series.ts'
export { keepSeries } from './application/results/keep-series.ts'
export type { SeriesToKeep } from './application/results/keep-series.ts'
export {
  configureTimeSeriesDetector,
  describeTimeSeriesDetectors,
} from './application/time-series/time-series-catalogue.ts'
export type {
  ConfiguredTimeSeriesDetector,
  TimeSeriesDescription,
  TimeSeriesRunOptions,
} from './application/time-series/time-series-entry.ts'
export type { SeriesAnomaly } from './domain/time-series/series-anomaly.ts'
export { alarmSpans } from './domain/metrics/series/alarm-spans.ts'
export { bestF1 } from './domain/metrics/series/best-f1.ts'
export type { BestF1 } from './domain/metrics/series/best-f1.ts'
export { detectionDelay } from './domain/metrics/series/detection-delay.ts'
export type { DetectionDelay } from './domain/metrics/series/detection-delay.ts'
export { labelsOf, spansOf } from './domain/metrics/series/label-span.ts'
export type { LabelSpan } from './domain/metrics/series/label-span.ts'
export { NAB_PROFILES } from './domain/metrics/series/nab-profile.ts'
export type { NabProfile, NabProfileName } from './domain/metrics/series/nab-profile.ts'
export { nabScore, nabScoreAt } from './domain/metrics/series/nab-score.ts'
export type { NabScore, NabSeries } from './domain/metrics/series/nab-score.ts'
export { pointAdjusted } from './domain/metrics/series/point-adjusted.ts'
export type { PointAdjusted } from './domain/metrics/series/point-adjusted.ts'
export { rangePrecisionRecall } from './domain/metrics/series/range-precision-recall.ts'
export type {
  PositionalBias,
  RangeOptions,
  RangePrecisionRecall,
} from './domain/metrics/series/range-precision-recall.ts'
export { volumeUnderSurface } from './domain/metrics/series/volume-under-surface.ts'
export type { VolumeUnderSurface } from './domain/metrics/series/volume-under-surface.ts'
export { vusBufferOf } from './domain/metrics/series/vus-buffer.ts'
