export { MlopsError, type MlopsErrorCode } from './domain/errors.ts'
export type { Experiment, ExperimentChange, NewExperiment } from './domain/experiment.ts'
export type { ArtifactEntry, ArtifactStore } from './application/ports/artifact-store.ts'
export type { ExperimentStore } from './application/ports/experiment-store.ts'
export type { DatasetKey, LoggedModelQuery, LoggedModelStore } from './application/ports/logged-model-store.ts'
export type { MetricSampler, SampleQuery } from './application/ports/metric-sampler.ts'
export type { RunLog } from './application/ports/run-log.ts'
export type { RunStore } from './application/ports/run-store.ts'
export type { DatasetInput, ModelInput, ModelOutput } from './domain/dataset-input.ts'
export { limits } from './domain/limits.ts'
export type { LoggedModel, LoggedModelChange, LoggedModelStatus, NewLoggedModel } from './domain/logged-model.ts'
export type { MetricPoint, MetricSummary } from './domain/metric.ts'
export type { Page, SearchQuery, View } from './domain/page.ts'
export type { NewRun, Run, RunBatch, RunChange, RunStatus } from './domain/run.ts'
export type { LifecycleStage, Tags } from './domain/tags.ts'
export type { Comparator, Comparison, FieldName, Filter, Literal, OrderItem } from './domain/search/filter.ts'
export type { FilterProblem } from './domain/search/invalid-filter.ts'
export { parseFilter, parseOrderItem } from './domain/search/parse-filter.ts'
export { EventDispatcher } from './application/events/event-dispatcher.ts'
export type {
  EventChannel,
  EventDispatcherDeps,
  EventHandler,
  HandleDelivery,
} from './application/events/event-dispatcher.ts'
export { approvedBy } from './application/gates/approved-by.ts'
export type { GateContext, GateVerdict, LoggedValue, PromotionGate } from './application/gates/gate.ts'
export { metricAtLeast, metricAtMost, noWorseThan, type ComparisonTerms } from './application/gates/metric-gates.ts'
export { noDriftSince, type DriftTerms } from './application/gates/no-drift-since.ts'
export type { ApprovalStore } from './application/ports/approval-store.ts'
export type { DriftHistory, DriftSighting } from './application/ports/drift-history.ts'
export type { DeadLetter, EventArchive } from './application/ports/event-archive.ts'
export type { Delivery, DeliveryOutcome, EventOutbox } from './application/ports/event-outbox.ts'
export type { EventSubscriptions } from './application/ports/event-subscriptions.ts'
export type { ModelVersionStore } from './application/ports/model-version-store.ts'
export type { PromotionStore } from './application/ports/promotion-store.ts'
export type { RegisteredModelStore } from './application/ports/registered-model-store.ts'
export type { ModelLineage } from './application/registry/model-lineage.ts'
export { ModelRegistry, type Registration } from './application/registry/model-registry.ts'
export type { VersionKey } from './application/registry/promote.ts'
export type { ModelRegistryDeps } from './application/registry/registry-deps.ts'
export type { MlopsEvent } from './domain/events/mlops-event.ts'
export type { RetrySchedule } from './domain/events/retry-schedule.ts'
export type {
  ModelVersion,
  ModelVersionChange,
  ModelVersionStatus,
  NewModelVersion,
  Stage,
} from './domain/model-version.ts'
export type { NewRegisteredModel, RegisteredModel, RegisteredModelChange } from './domain/registered-model.ts'
export type { Approval, GateEvidence, Promotion, PromotionOutcome } from './domain/registry/promotion.ts'
export type { PurgeQuery, PurgeReport, Purger } from './application/ports/purger.ts'
export { ModelMonitor, type ModelMonitorDeps, type RowLabel } from './application/monitoring/model-monitor.ts'
export type { ClosedWindow, MonitorReports } from './application/ports/monitor-reports.ts'
export type { MonitorRows, Waiting, WaitingRow } from './application/ports/monitor-rows.ts'
export type { MonitorStore, StoredMonitor } from './application/ports/monitor-store.ts'
export type { Bounds, BoundsPolicy } from './domain/monitoring/bounds.ts'
export type { ColumnKind, MonitoredRow } from './domain/monitoring/column.ts'
export type { DriftMethod, DriftRule, FeatureDrift } from './domain/monitoring/drift/feature-drift.ts'
export type {
  AlertKind,
  MonitorAlert,
  MonitorReport,
  PerformanceReading,
  ReconstructionReading,
  WindowFindings,
} from './domain/monitoring/monitor-report.ts'
export type { MonitoredFeature, MonitoredOutput, MonitorSpec, QualityLimits } from './domain/monitoring/monitor-spec.ts'
export type { ClassificationMetric } from './domain/monitoring/performance/classification-metrics.ts'
export type { RegressionMetric } from './domain/monitoring/performance/regression-metrics.ts'
export type { ColumnQuality } from './domain/monitoring/quality.ts'
export { type FeatureRank, rankFeatures } from './domain/monitoring/rank-features.ts'
export type { WindowPolicy } from './domain/monitoring/windows.ts'
export type { WebhookAnswer, WebhookSender } from './application/ports/webhook-sender.ts'
export type { WebhookSecrets, WebhookStore } from './application/ports/webhook-store.ts'
export { Webhooks, type WebhooksDeps, type WebhookTrial } from './application/webhooks/webhooks.ts'
export type {
  NewWebhook,
  Webhook,
  WebhookAction,
  WebhookChange,
  WebhookEntity,
  WebhookEvent,
  WebhookStatus,
} from './domain/webhooks/webhook.ts'
export type { ObservedRun, RunObserver } from './application/ports/run-observer.ts'
export { ActiveRun } from './application/tracking/active-run.ts'
export type { MetricPlace, ModelToLog, ParamValue } from './application/tracking/run-values.ts'
export type { ArtifactContent } from './application/tracking/artifact-content.ts'
export { ExperimentTracker, type StartRun } from './application/tracking/experiment-tracker.ts'
export type { TrackerDeps } from './application/tracking/tracker-deps.ts'
export { compareRuns, type RunTable, type RunTableRow } from './domain/compare-runs.ts'
export {
  type PipelineOutcome,
  type PipelineRunOptions,
  PipelineRunner,
  type PipelineRunnerDeps,
} from './application/pipelines/pipeline-runner.ts'
export type { StepReport } from './application/pipelines/run-step.ts'
export type { TrackingDeps } from './application/pipelines/tracked-run.ts'
export type {
  PipelineChange,
  PipelineStatus,
  PipelineStore,
  StoredOutput,
  StoredPipelineRun,
  StoredStep,
} from './application/ports/pipeline-store.ts'
export type { StepOutputs } from './application/ports/step-outputs.ts'
export { Pipeline, pipeline } from './domain/pipelines/pipeline.ts'
export type { StepContext, StepDefinition, StepOptions } from './domain/pipelines/step.ts'
export { Deployments, type DeploymentsDeps, type RouteTerms } from './application/deployment/deployments.ts'
export type { VersionCounts } from './application/deployment/endpoint-counts.ts'
export type { Answer, EndpointRouterDeps, PredictOptions } from './application/deployment/endpoint-router.ts'
export { PredictionRecorder, type PredictionRecorderOptions } from './application/deployment/prediction-recorder.ts'
export type { ShadowLimits } from './application/deployment/shadow-runner.ts'
export type { EndpointChange, EndpointHistory, EndpointStore } from './application/ports/endpoint-store.ts'
export type { PredictionLog, PredictionQuery } from './application/ports/prediction-log.ts'
export type { Predictor, PredictorSource } from './application/ports/predictor-source.ts'
export type { Endpoint, EndpointRevision, NewEndpoint, Routing, Shadow, Target } from './domain/deployment/endpoint.ts'
export type { Prediction } from './domain/deployment/prediction.ts'
export { allTo, canary, shadowed, split } from './domain/deployment/routing.ts'
