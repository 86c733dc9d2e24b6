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
  AnomalyLikelihood,
  anomalyLikelihoodDefaults,
  type AnomalyLikelihoodParameters,
  type AnomalyLikelihoodState,
} from './domain/streaming/calibrators/anomaly-likelihood.ts'
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
export type {
  AttributingStreamDetector,
  ForecastingStreamDetector,
  StreamAttribution,
  StreamDetector,
  StreamDetectorState,
} from './domain/streaming/stream-detector.ts'
