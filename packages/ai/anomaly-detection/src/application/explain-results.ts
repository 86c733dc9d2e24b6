import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { FeatureImportance, RowExplanation } from '../domain/explanation/explanation.ts'
import { type Normalization, normalizationOf, normalize } from '../domain/normalization.ts'
import type { FittedDetector } from './catalogue/catalogue-entry.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { detectWith } from './detect.ts'
import { type ExplainableDetection, explainDetection } from './explanation/explain-detection.ts'
import type { ExplainedDetector } from './explanation/explained-detector.ts'
import {
  type ExplanationOptions,
  parseExplanationOptions,
  type ResolvedExplanationOptions,
} from './explanation/explanation-options.ts'
import { fitterWithoutRow } from './explanation/fit-without-row.ts'
import { scoreInParts } from './parallel/score-in-parts.ts'
import type { WorkerPool } from './ports/worker-pool.ts'
import { runDetection } from './run-detection.ts'
import {
  byFeatures,
  type ModelChoice,
  runScoring,
  type ScoreWithModelDeps,
  type ScoringOptions,
} from './score-with-model.ts'
import { parseTrainingOptions, type ResolvedTrainingOptions, type TrainingOptions } from './training-options.ts'

/** What is explained, and how. Every field has a default. */
export interface ExplainResultsOptions {
  /** A detection with a detector that is fitted to the data set itself. Excludes `model`. */
  readonly detection?: TrainingOptions | undefined
  /** A detection with a stored model, and how it is cut. Excludes `detection`. */
  readonly model?: (ModelChoice & Pick<ScoringOptions, 'threshold'>) | undefined
  readonly explanation?: ExplanationOptions | undefined
  /** Rows that show what is usual, with the same features; default: the data set itself. */
  readonly background?: Dataset | undefined
  /** Shape (rows): 0 normal, anything else an anomaly; permutation importance then measures the loss of ROC-AUC. */
  readonly labels?: Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** A detection and why its rows score as they do. */
export interface ExplainedResult {
  /** Its anomalies carry their explanations. */
  readonly result: DetectionResult
  /** In the order of the option `rows`, or the highest score first; none where permutation was asked for. */
  readonly explanations: ReadonlyArray<RowExplanation>
  /** What permutation tells of the detector as a whole. */
  readonly importance: FeatureImportance | undefined
}

/** Detects, and explains what it found; publishes the events of the detection. */
export class ExplainResults {
  readonly #deps: ScoreWithModelDeps

  constructor(deps: ScoreWithModelDeps) {
    this.#deps = deps
  }

  /**
   * @throws AnomalyDetectionError `row-out-of-range`, `unknown-method`, `unsuitable-method` naming those that fit,
   *   `background-too-small`, `invalid-options`, and as `DetectAnomalies` and `ScoreWithModel`
   */
  async execute(dataset: Dataset, options: ExplainResultsOptions = {}): Promise<ExplainedResult> {
    const resolved = parseExplanationOptions(options.explanation ?? {})
    const detected =
      options.model === undefined
        ? await this.#detected(dataset, options)
        : await this.#scored(dataset, options.model, options)
    return explainedResult(detected, resolved, options)
  }

  async #detected(dataset: Dataset, { detection = {}, signal }: ExplainResultsOptions): Promise<Detected> {
    const training = parseTrainingOptions({ signal, ...detection })
    const { x, normalization } = scaledDataset(dataset, training)
    const detector = configureDetector(training.detector, training.parameters)
    const run = await runDetection(detector, x, training, this.#deps)
    return fittedDetection({ ...run, x, normalization, dataset }, training, this.#deps.pool)
  }

  async #scored(
    dataset: Dataset,
    { threshold, ...choice }: NonNullable<ExplainResultsOptions['model']>,
    { detection, signal }: ExplainResultsOptions,
  ): Promise<Detected> {
    if (detection !== undefined) throw bothGiven()
    const { result, fitted, model, rows, normalization, score } = await runScoring(
      choice,
      dataset,
      { threshold, signal },
      this.#deps,
    )
    const detector: ExplainedDetector = { fitted, normalization, score, signal }
    return { detector, dataset: { ...rows, encodings: model.encodings }, result, seed: model.seed }
  }
}

/**
 * Detects and explains in one call, as `detect` does: nothing outside is told of it, and all is done on this thread.
 * @throws AnomalyDetectionError as `ExplainResults`
 */
export async function explain(
  dataset: Dataset,
  options: Omit<ExplainResultsOptions, 'model'> = {},
): Promise<ExplainedResult> {
  const resolved = parseExplanationOptions(options.explanation ?? {})
  const training = parseTrainingOptions({ signal: options.signal, ...options.detection })
  const { x, normalization } = scaledDataset(dataset, training)
  const run = detectWith(x, training)
  return explainedResult(fittedDetection({ ...run, x, normalization, dataset }, training, undefined), resolved, options)
}

type Detected = Omit<ExplainableDetection, 'background' | 'labels' | 'result'> & { readonly result: DetectionResult }

interface Run {
  readonly result: DetectionResult
  readonly fitted: FittedDetector
  readonly dataset: Dataset
  /** The data set as the detector was given it. */
  readonly x: Dataset
  readonly normalization: Normalization | undefined
}

function scaledDataset(
  dataset: Dataset,
  { normalize: method }: ResolvedTrainingOptions,
): Pick<Run, 'x' | 'normalization'> {
  if (method === undefined) return { x: dataset, normalization: undefined }
  const normalization = normalizationOf(dataset, method)
  return { x: normalize(dataset, normalization), normalization }
}

function fittedDetection(
  { result, fitted, dataset, x, normalization }: Run,
  { seed, signal }: ResolvedTrainingOptions,
  pool: WorkerPool | undefined,
): Detected {
  const detectorOf = (one: FittedDetector): ExplainedDetector => ({
    fitted: one,
    normalization,
    score: (some) => scoreInParts(one, some, pool, signal),
    signal,
  })
  const fitWithout = fitterWithoutRow(fitted, x, { seed, signal }, pool)
  const withoutRow = fitWithout && (async (row: number) => detectorOf(await fitWithout(row)))
  return { detector: detectorOf(fitted), dataset, result, seed, withoutRow }
}

async function explainedResult(
  { result, ...detected }: Detected,
  resolved: ResolvedExplanationOptions,
  { background, labels }: Pick<ExplainResultsOptions, 'background' | 'labels'>,
): Promise<ExplainedResult> {
  const usual = background === undefined ? detected.dataset : byFeatures(background, detected.dataset.features)
  const { rows, importance } = await explainDetection({ ...detected, result, background: usual, labels }, resolved)
  const { id, algorithm, parameters, scores, threshold, metadata } = result
  const record = { id, algorithm, parameters, scores, threshold, metadata, explanations: rows }
  return { result: new DetectionResult(record, detected.dataset), explanations: [...rows.values()], importance }
}

function bothGiven(): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    'give either a model or what to detect with, not both',
    { option: 'model' },
  )
}
