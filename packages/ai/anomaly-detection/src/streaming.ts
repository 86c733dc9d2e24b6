export { AnomalyStream, type AnomalyStreamDeps } from './application/streaming/anomaly-stream.ts'
export type { AnomalyStreamState } from './application/streaming/anomaly-stream-state.ts'
export type { EntityState, EntityStreamState } from './application/streaming/entity-state.ts'
export type { PartChoice, ResolvedPart } from './application/streaming/part-choice.ts'
export type { StreamSample } from './application/streaming/sample-reader.ts'
export type { StreamCounts } from './application/streaming/stream-counts.ts'
export type {
  FeatureAttribution,
  FeatureDriftSummary,
  StreamDrift,
  StreamResult,
} from './application/streaming/stream-result.ts'
export type { StreamRunOptions } from './application/streaming/stream-run.ts'
export { StreamingService, type StreamingServiceDeps } from './application/streaming/streaming-service.ts'
export type {
  DriftPolicy,
  ResolvedDriftOptions,
  ResolvedStreamingOptions,
  StreamAlarmOptions,
  StreamDriftOptions,
  StreamingOptions,
  StreamMissingPolicy,
  StreamOrderOptions,
  StreamResampleOptions,
} from './application/streaming/streaming-options.ts'
export type { StreamStateStore } from './application/ports/stream-state-store.ts'
export { HostedStreams, type HostedStreamsDeps } from './application/streaming/hosted/hosted-streams.ts'
export type { HostedStreamInfo } from './application/streaming/hosted/hosted-stream-info.ts'
export type { SnapshotLimits } from './application/streaming/hosted/hosted-stream.ts'
export type { SampleBlock, SampleFault, SampleReceipt } from './application/streaming/hosted/sample-block.ts'
export type { ResultsPage, ResultsQuery, StreamHost } from './application/streaming/hosted/stream-host.ts'
export type {
  FoundStream,
  JournalEntry,
  StreamArchive,
  StreamBook,
  StreamRecord,
  StreamResultLog,
} from './application/ports/stream-archive.ts'
export type {
  ReadSample,
  SampleBatch,
  SampleFormat,
  SamplePosition,
  SampleSource,
  SampleSourceReader,
} from './application/ports/sample-source.ts'
export { eventSourceSamples } from './infrastructure/streaming/event-source-samples.ts'
export type {
  EventSourceLike,
  EventSourceOptions,
  EventSourceSamples,
} from './infrastructure/streaming/event-source-samples.ts'
export { readSamples } from './infrastructure/streaming/read-samples.ts'
export type { ReadSamplesOptions } from './infrastructure/streaming/read-samples.ts'
export { createMemoryStreamStateStore } from './infrastructure/streaming/memory-stream-state-store.ts'
export type { StepAggregate } from './domain/streaming/time/step-resampler.ts'
export type { TimeUnit } from './domain/streaming/time/timestamp.ts'
export type { FeatureSummary } from './domain/streaming/window/moved-features.ts'
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
