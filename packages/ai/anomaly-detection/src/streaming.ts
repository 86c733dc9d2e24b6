export { scoreCalibrators } from './application/streaming/catalogue/calibrator-catalogue.ts'
export { streamDetectors } from './application/streaming/catalogue/stream-catalogue.ts'
export type {
  StreamCatalogueEntry,
  StreamPartContext,
  StreamPartDescription,
} from './application/streaming/catalogue/stream-catalogue-entry.ts'
export type { StreamPartCatalogue } from './application/streaming/catalogue/stream-part-catalogue.ts'
export { METRIC_ALERTS, METRIC_LEVEL, type StreamPreset } from './application/streaming/metric-presets.ts'
export {
  type AlarmPhase,
  AlarmPolicy,
  type AlarmPolicyOptions,
  type AlarmPolicyState,
} from './domain/streaming/alarms/alarm-policy.ts'
export {
  AnomalyLikelihood,
  anomalyLikelihoodDefaults,
  type AnomalyLikelihoodParameters,
  type AnomalyLikelihoodState,
} from './domain/streaming/calibrators/anomaly-likelihood.ts'
export { type DriftSpotParameters, Spot, type SpotParameters } from './domain/streaming/calibrators/spot.ts'
export type { HalfSpaceForest } from './domain/streaming/detectors/half-space-forest.ts'
export { HalfSpaceTrees, type HalfSpaceTreesParameters } from './domain/streaming/detectors/half-space-trees.ts'
export {
  RandomCutForest,
  randomCutForestDefaults,
  type RandomCutForestParameters,
  type RandomCutForestState,
} from './domain/streaming/detectors/random-cut-forest.ts'
export { Rrcf, rrcfDefaults, type RrcfParameters, type RrcfState } from './domain/streaming/detectors/rrcf.ts'
export {
  Surprise,
  surpriseDefaults,
  type SurpriseParameters,
  type SurpriseState,
} from './domain/streaming/detectors/surprise.ts'
export type { ScoreCalibrator } from './domain/streaming/score-calibrator.ts'
export { PSquareQuantile } from './domain/streaming/statistics/p-square-quantile.ts'
export { RollingExtremes } from './domain/streaming/statistics/rolling-extremes.ts'
export { RollingMoments } from './domain/streaming/statistics/rolling-moments.ts'
export { RollingOrder } from './domain/streaming/statistics/rolling-order.ts'
export { RunningMoments } from './domain/streaming/statistics/running-moments.ts'
export { WeightedMoments } from './domain/streaming/statistics/weighted-moments.ts'
export type {
  AttributingStreamDetector,
  ForecastingStreamDetector,
  StreamAttribution,
  StreamDetector,
  StreamDetectorState,
} from './domain/streaming/stream-detector.ts'
