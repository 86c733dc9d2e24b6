/** The long part of each command, as calls with plain data in and out, so that a program may run them on another thread. */
import type { DetectAnomalies } from '../../application/detect-anomalies.ts'
import type { DetectionOptions } from '../../application/detection-options.ts'
import type { DetectorEvaluation, EvaluateDetectors, EvaluationOptions } from '../../application/evaluate-detectors.ts'
import type { ExplainedResult, ExplainResults, ExplainResultsOptions } from '../../application/explain-results.ts'
import type { ExplanationOptions } from '../../application/explanation/explanation-options.ts'
import type { ModelRepository, ModelSummary } from '../../application/ports/model-repository.ts'
import type { ModelChoice, ScoreWithModel } from '../../application/score-with-model.ts'
import type { TimeSeriesDetection, TimeSeriesOptions } from '../../application/time-series/detect-time-series.ts'
import type { TrainModel } from '../../application/train-model.ts'
import type { DetectorSelection } from '../../domain/combination/detector-selection.ts'
import { predictionConfidence } from '../../domain/confidence/prediction-confidence.ts'
import type { Dataset } from '../../domain/dataset.ts'
import type { DetectionResult } from '../../domain/detection-result.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { type ColumnCenters, columnCentersOf } from '../../domain/feature-deviation.ts'
import { averagePrecision } from '../../domain/metrics/average-precision.ts'
import { precisionAtN } from '../../domain/metrics/precision-at-n.ts'
import { rocAuc } from '../../domain/metrics/roc-auc.ts'
import { normalize } from '../../domain/normalization.ts'
import type { ThresholdPolicy } from '../../domain/threshold.ts'
import { chosenModel } from './chosen-model.ts'

/** How a ranking agrees with labels. */
export type RankingQuality = Pick<DetectorEvaluation, 'rocAuc' | 'averagePrecision' | 'precisionAtN'>

/** A detection as plain data. */
export interface Detected {
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Why this detector, where it was chosen among several. */
  readonly selection?: DetectorSelection | undefined
  /** Shape (rows); higher is more anomalous. */
  readonly scores: Float64Array
  /** Rows with a score above this are anomalies. */
  readonly threshold: number
  /** The middle and spread of each column, in the data's own units. */
  readonly centers: ColumnCenters
  /** Undefined without labels, or where they are all alike. */
  readonly quality: RankingQuality | undefined
  /** Shape (rows), in [0, 1]: how sure each prediction is, where it was asked for. */
  readonly confidence?: Float64Array | undefined
  /** Why rows score as they do, where it was asked for: of some of the anomalies. */
  readonly explanations?: ReadonlyArray<RowExplanation> | undefined
  /** The data set again: one that was lent to another thread comes back under this name. */
  readonly dataset: Dataset
}

/** Options of a detection that travel between threads. */
export interface DetectWorkOptions extends Omit<DetectionOptions, 'signal'> {
  /** Z-score each column for the detector. */
  readonly standardize?: boolean | undefined
  /** Shape (rows): 0 normal, 1 an anomaly; only measured against. */
  readonly labels?: Uint8Array | undefined
  /** Tell how sure each prediction is; for scores that are cut by a contamination. */
  readonly confidence?: boolean | undefined
  /** Tell why the anomalies score as they do. */
  readonly explanation?: ExplanationOptions | undefined
}

/** Options of explaining that travel between threads. */
export interface ExplainWorkOptions extends Omit<ExplainResultsOptions, 'signal' | 'detection'> {
  readonly detection?: FitWorkOptions | undefined
}

/** An explanation as plain data. */
export interface Explained extends Pick<ExplainedResult, 'explanations' | 'importance'> {
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Why this detector, where it was chosen among several. */
  readonly selection?: DetectorSelection | undefined
}

/** Options of a fit that travel between threads. */
export interface FitWorkOptions extends Omit<DetectionOptions, 'signal'> {
  /** Z-score each column, and keep the scale in the model. */
  readonly standardize?: boolean | undefined
}

/** Options of scoring that travel between threads. */
export interface ScoreWorkOptions {
  readonly threshold?: number | undefined
  readonly labels?: Uint8Array | undefined
}

/** The long calls. A data set given to one of them is lent: use the one that comes back. */
export interface DetectionWork {
  readonly detect: (dataset: Dataset, options: DetectWorkOptions) => Promise<Detected>
  /** @param values - evenly spaced points, which are lent; see `detectTimeSeries` */
  readonly detectSeries: (
    values: Float64Array,
    options: Omit<TimeSeriesOptions, 'signal'>,
  ) => Promise<TimeSeriesDetection>
  readonly evaluate: (
    dataset: Dataset,
    labels: Uint8Array,
    options: Omit<EvaluationOptions, 'signal'>,
  ) => Promise<ReadonlyArray<DetectorEvaluation>>
  readonly fit: (name: string, dataset: Dataset, options: FitWorkOptions) => Promise<ModelSummary>
  readonly score: (choice: ModelChoice, dataset: Dataset, options: ScoreWorkOptions) => Promise<Detected>
  readonly explain: (dataset: Dataset, options: ExplainWorkOptions) => Promise<Explained>
  /** @throws AnomalyDetectionError `unknown-model` */
  readonly describe: (choice: ModelChoice) => Promise<ModelSummary>
}

/** The use cases that the work is made of. */
export interface DetectionUseCases {
  readonly detection: DetectAnomalies
  readonly evaluation: EvaluateDetectors
  readonly training: TrainModel
  readonly scoring: ScoreWithModel
  readonly explanation: ExplainResults
  readonly models: ModelRepository
}

/** The work, done where it is called. */
export function createDetectionWork(useCases: DetectionUseCases): DetectionWork {
  const { detection, evaluation, training, scoring, explanation, models } = useCases
  return {
    detect: async (dataset, { standardize = false, confidence = false, labels, explanation: asked, ...options }) => {
      const run =
        asked === undefined
          ? { result: await detection.execute(standardize ? normalize(dataset, 'z-score') : dataset, options) }
          : await explanation.execute(dataset, {
              detection: { ...options, normalize: standardize ? 'z-score' : undefined },
              explanation: asked,
            })
      const found = detected(run.result, dataset, labels)
      const sure = confidence ? { confidence: confidenceOf(run.result) } : {}
      return { ...found, ...sure, ...('explanations' in run && { explanations: run.explanations }) }
    },
    detectSeries: async (values, options) => {
      const { detectTimeSeries } = await import('../../application/time-series/detect-time-series.ts')
      return detectTimeSeries(values, options)
    },
    explain: async (dataset, { detection: asked, ...options }) => {
      const { standardize = false, ...rest } = asked ?? {}
      const normalized = { ...rest, normalize: standardize ? ('z-score' as const) : undefined }
      const { result, explanations, importance } = await explanation.execute(dataset, {
        ...options,
        detection: asked && normalized,
      })
      const { algorithm, parameters } = result
      return { algorithm, parameters, selection: selectionOf(result), explanations, importance }
    },
    evaluate: (dataset, labels, options) => evaluation.execute(dataset, labels, options),
    fit: async (name, dataset, { standardize = false, ...options }) => {
      const scale = standardize ? 'z-score' : undefined
      const { state: _, ...summary } = await training.execute(name, dataset, { ...options, normalize: scale })
      return summary
    },
    score: async (choice, dataset, { threshold, labels }) =>
      detected(await scoring.execute(choice, dataset, { threshold }), dataset, labels),
    describe: async (choice) => {
      const { state: _, ...summary } = await chosenModel(models, choice)
      return summary
    },
  }
}

function confidenceOf({ scores, metadata }: DetectionResult): Float64Array | undefined {
  const policy = metadata['thresholdPolicy'] as ThresholdPolicy // set by the use case, and by nothing else
  return policy.kind === 'contamination' ? predictionConfidence(scores, scores, policy.contamination) : undefined
}

function detected(
  { algorithm, parameters, scores, threshold, metadata }: DetectionResult,
  dataset: Dataset,
  labels: Uint8Array | undefined,
): Detected {
  const isMixed = labels !== undefined && labels.includes(0) && labels.some((label) => label !== 0)
  const quality = isMixed
    ? {
        rocAuc: rocAuc(scores, labels),
        averagePrecision: averagePrecision(scores, labels),
        precisionAtN: precisionAtN(scores, labels),
      }
    : undefined
  const selection = selectionOf({ metadata })
  return { algorithm, parameters, selection, scores, threshold, centers: columnCentersOf(dataset), quality, dataset }
}

function selectionOf({ metadata }: Pick<DetectionResult, 'metadata'>): DetectorSelection | undefined {
  return metadata['selection'] as DetectorSelection | undefined // set by the use case, and by nothing else
}
