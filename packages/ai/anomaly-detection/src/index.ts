export { detect } from './application/detect.ts'
export type { DetectionOptions } from './application/detection-options.ts'
export { DetectAnomalies } from './application/detect-anomalies.ts'
export { explain, ExplainResults } from './application/explain-results.ts'
export type { ExplainedResult, ExplainResultsOptions } from './application/explain-results.ts'
export { explanationMethodsOf } from './application/explanation/explanation-methods.ts'
export type { MethodChoice } from './application/explanation/explanation-methods.ts'
export type { ExplanationOptions } from './application/explanation/explanation-options.ts'
export { EvaluateDetectors } from './application/evaluate-detectors.ts'
export type { DetectorEvaluation, EvaluationDeps, EvaluationOptions } from './application/evaluate-detectors.ts'
export { TrainModel } from './application/train-model.ts'
export type { TrainModelDeps } from './application/train-model.ts'
export type { TrainingOptions } from './application/training-options.ts'
export { ScoreWithModel } from './application/score-with-model.ts'
export type { ModelChoice, ScoreWithModelDeps, ScoringOptions } from './application/score-with-model.ts'
export type { PublishingDeps } from './application/publish-detection.ts'
export type { DetectionDeps } from './application/run-detection.ts'
export {
  configureDetector,
  describeDetectors,
  describeEnsembles,
  detectorIds,
  detectorsFor,
} from './application/catalogue/catalogue.ts'
export type { DetectorId } from './application/catalogue/catalogue.ts'
export type {
  ConfiguredDetector,
  DetectorDescription,
  FitOptions,
  FittedDetector,
  FittedMember,
  FreshlyFittedDetector,
  MemberFit,
} from './application/catalogue/catalogue-entry.ts'
export { EnsembleService } from './application/ensemble/ensemble-service.ts'
export type { EnsembleDetection, EnsembleMember, EnsembleOptions } from './application/ensemble/ensemble-service.ts'
export type { MemberChoice } from './application/ensemble/member-list.ts'
export { decodeState, encodeState } from './application/model-json.ts'
export type { FeedbackStore } from './application/ports/feedback-store.ts'
export { NO_ENTITY } from './application/ports/result-store.ts'
export type {
  KeptNumbers,
  KeptResult,
  ResultDraft,
  ResultPart,
  ResultStore,
  ResultWriter,
  RowColumn,
} from './application/ports/result-store.ts'
export { findModel } from './application/score-with-model.ts'
export { DetectAndKeep } from './application/results/detect-and-keep.ts'
export type { DataToKeep, DetectAndKeepDeps } from './application/results/detect-and-keep.ts'
export { downloadResult } from './application/results/download-result.ts'
export type { DownloadDeps, DownloadFormat, DownloadRequest } from './application/results/download-result.ts'
export type { Download, DownloadColumn, DownloadValues } from './application/results/result-download.ts'
export { feedbackOnDataset } from './application/results/feedback-on-dataset.ts'
export { keepDetection } from './application/results/keep-detection.ts'
export type { DetectionToKeep } from './application/results/keep-detection.ts'
export { resultPage } from './application/results/result-page.ts'
export type { PageRequest, ResultPage, ResultRow } from './application/results/result-page.ts'
export type { RowFilter } from './application/results/row-filter.ts'
export type { RowSort } from './application/results/walk-rows.ts'
export { GiveFeedback } from './application/results/give-feedback.ts'
export type { GiveFeedbackDeps } from './application/results/give-feedback.ts'
export type { Feedback, Verdict } from './domain/results/feedback.ts'
export type {
  ResultDataset,
  ResultInfo,
  ResultOptions,
  ResultSeries,
  SeriesEntity,
} from './domain/results/result-info.ts'
export { readDataset } from './application/read-dataset.ts'
export type { ReadDatasetOptions, TableDataset } from './application/read-dataset.ts'
export { MOST_THREADS } from './application/parallel/most-threads.ts'
export type {
  FitPart,
  NeighboursPart,
  PartKind,
  PartOf,
  ResultOf,
  RowRange,
  ScorePart,
  WorkParts,
} from './application/parallel/work-part.ts'
export type { Clock } from './application/ports/clock.ts'
export type { EventPublisher } from './application/ports/event-publisher.ts'
export type { IdSource } from './application/ports/id-source.ts'
export type { ModelRepository, ModelSummary } from './application/ports/model-repository.ts'
export type { KeptOnnx, OnnxScorer } from './application/ports/onnx-scorer.ts'
export type { Table, TableBatch, TableColumn, TableReader, TableSource } from './application/ports/table-reader.ts'
export type { WorkerPool } from './application/ports/worker-pool.ts'
export type { Anomaly } from './domain/anomaly.ts'
export type { ColumnEncoding, EncodingMethod } from './domain/column-encoding.ts'
export { averageOfMaximum, dealIntoBuckets, maximumOfAverage } from './domain/combination/buckets.ts'
export { averageOf, maximumOf, medianOf } from './domain/combination/combine-scores.ts'
export { combineBy } from './domain/combination/combination-rule.ts'
export type { CombinationMethod, CombinationRule } from './domain/combination/combination-rule.ts'
export type { DetectorSelection } from './domain/combination/detector-selection.ts'
export { modelCentrality } from './domain/combination/model-centrality.ts'
export { stackedOf, stackingOf } from './domain/combination/stacking.ts'
export type { KnownRow, Stacking } from './domain/combination/stacking.ts'
export { voteOf } from './domain/combination/vote.ts'
export { predictionConfidence } from './domain/confidence/prediction-confidence.ts'
export { type ArrowTableLike, type ArrowTypeLike, datasetFromArrow } from './domain/dataset-from-arrow.ts'
export { datasetFromColumns, datasetFromRecords, datasetFromRows, datasetOf } from './domain/dataset-of.ts'
export type { Dataset } from './domain/dataset.ts'
export type { Cell, DatasetOptions } from './domain/dataset-of.ts'
export { DetectionResult } from './domain/detection-result.ts'
export type { DetectionRecord, DetectionResultJson } from './domain/detection-result.ts'
export type { Counterfactual } from './domain/explanation/counterfactual.ts'
export type {
  ExplainedOutput,
  ExplanationMethod,
  ExplanationParts,
  FeatureContribution,
  FeatureImportance,
  RowExplanation,
} from './domain/explanation/explanation.ts'
export type { FitContext, ScoreContext } from './domain/detector.ts'
export { AnomalyDetectionError } from './domain/errors.ts'
export type { AnomalyDetectionErrorCode } from './domain/errors.ts'
export type {
  AnomalyDetected,
  AnomalyDetectionEvent,
  CloudEvent,
  DetectionCompleted,
  DetectionRequested,
  DriftDetected,
  ModelInService,
  ModelPromoted,
  ModelRestored,
  FeedbackGiven,
  ModelTrained,
  StreamedAnomaly,
} from './domain/events.ts'
export type { FeatureDeviation } from './domain/feature-deviation.ts'
export type { Matrix } from './domain/matrix.ts'
export { averagePrecision } from './domain/metrics/average-precision.ts'
export { precisionAtN } from './domain/metrics/precision-at-n.ts'
export { rocAuc } from './domain/metrics/roc-auc.ts'
export type { Metric } from './domain/neighbours/metric.ts'
export type { KDTree } from './domain/neighbours/k-d-tree.ts'
export type { NeighbourIndex } from './domain/neighbours/neighbour-index.ts'
export type { Neighbours } from './domain/neighbours/nearest-neighbours.ts'
export type { PointBlocks } from './domain/neighbours/point-blocks.ts'
export type { MissingPolicy } from './domain/missing-values.ts'
export type { Model, ModelNormalization } from './domain/model.ts'
export { normalizationOf, normalize } from './domain/normalization.ts'
export type { Normalization, NormalizationMethod } from './domain/normalization.ts'
export { thresholdOf } from './domain/threshold.ts'
export type { ThresholdPolicy } from './domain/threshold.ts'
export type { NeighbourSearch, TrainingNeighbours } from './domain/training-neighbours.ts'
export type { LogarithmicInversion, ScoreNature } from './domain/unification/regularity.ts'
export { unificationOf } from './domain/unification/unification.ts'
export type {
  RankUnification,
  ScaledUnification,
  Unification,
  UnificationMethod,
} from './domain/unification/unification.ts'
export { unify } from './domain/unification/unify.ts'
export { createMemoryEventPublisher } from './infrastructure/memory-event-publisher.ts'
export type { MemoryEventPublisher } from './infrastructure/memory-event-publisher.ts'
export { createMemoryModelRepository } from './infrastructure/memory-model-repository.ts'
export { randomIds } from './infrastructure/random-ids.ts'
export { systemClock } from './infrastructure/system-clock.ts'
