import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { Matrix } from '../domain/matrix.ts'
import { checkModelName } from '../domain/model-name.ts'
import type { Model } from '../domain/model.ts'
import { type Normalization, normalize } from '../domain/normalization.ts'
import { unknownColumn } from '../domain/unknown-column.ts'
import type { FittedDetector } from './catalogue/catalogue-entry.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { eventOf } from './event-of.ts'
import { keptOnnx, lacksOnnx, ONNX } from './kept-onnx.ts'
import { scoreInParts } from './parallel/score-in-parts.ts'
import type { ModelRepository } from './ports/model-repository.ts'
import type { OnnxScorer } from './ports/onnx-scorer.ts'
import { publishDetection } from './publish-detection.ts'
import type { TrainModelDeps } from './train-model.ts'

/** What scoring needs. */
export interface ScoreWithModelDeps extends TrainModelDeps {
  /** Scores with models that were imported from ONNX files; without one, they are refused. */
  readonly onnx?: OnnxScorer | undefined
}

/** Which stored model to use. */
export interface ModelChoice {
  readonly name: string
  /** Default: the latest. */
  readonly version?: number | undefined
}

/** How the scores are cut and the work is stopped. */
export interface ScoringOptions {
  /** Cut here instead of at the model's own threshold. */
  readonly threshold?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Scores rows with a stored model; publishes the same events as `DetectAnomalies`. */
export class ScoreWithModel {
  readonly #deps: ScoreWithModelDeps

  constructor(deps: ScoreWithModelDeps) {
    this.#deps = deps
  }

  /**
   * @param dataset - must have the model's features by name, in any order; others are left aside
   * @throws AnomalyDetectionError `unknown-model`, `feature-mismatch` naming those that are missing, `corrupt-model`,
   *   `cancelled`, and of an imported model as `OnnxDetector` of ./onnx
   */
  async execute(choice: ModelChoice, dataset: Dataset, options: ScoringOptions = {}): Promise<DetectionResult> {
    const { result } = await runScoring(choice, dataset, options, this.#deps)
    return result
  }
}

/** A scoring, with the detector that made it and what it read. */
export interface RunScoring {
  readonly result: DetectionResult
  readonly fitted: FittedDetector
  readonly model: Model
  /** The model's features of the data set, as they are. */
  readonly rows: Dataset
  /** The scale on which the detector reads them. */
  readonly normalization: Normalization | undefined
  /** How the detector scores further rows, on its scale. */
  readonly score: (x: Matrix) => Promise<Float64Array>
}

/** Scores rows with a stored model, and publishes the events of a detection. @throws as `ScoreWithModel` */
export async function runScoring(
  choice: ModelChoice,
  dataset: Dataset,
  options: ScoringOptions,
  deps: ScoreWithModelDeps,
): Promise<RunScoring> {
  const { events, clock, ids, models, pool } = deps
  const model = await findModel(models, choice)
  const rows = byFeatures(dataset, model.features)
  const isOnnx = model.algorithm === ONNX
  const fitted = isOnnx ? keptOnnx(model) : restoredOf(model)
  const normalization = normalizationOf(model)
  const detectionId = ids.next()
  const requested = { detectionId, algorithm: model.algorithm, rows: rows.rows, features: model.features }
  await events.publish(eventOf('nomaly.detection.requested', detectionId, requested, deps))
  const start = clock.monotonicMs()
  // the result tells what stands out in the rows' own units
  const x = normalization ? normalize(rows, normalization) : rows
  const score: RunScoring['score'] = isOnnx
    ? (some) => onnxScores(model, some, deps.onnx, options.signal)
    : (some) => scoreInParts(fitted, some, pool, options.signal)
  const scores = await score(x)
  const durationMs = clock.monotonicMs() - start
  const result = new DetectionResult(
    {
      id: detectionId,
      algorithm: model.algorithm,
      parameters: model.parameters,
      scores,
      threshold: options.threshold ?? model.threshold,
      metadata: {
        rows: rows.rows,
        features: model.features,
        seed: model.seed,
        model: { id: model.id, name: model.name, version: model.version },
        createdAt: clock.now(),
        durationMs,
      },
    },
    rows,
  )
  await publishDetection(result, durationMs, deps)
  return { result, fitted, model, rows, normalization, score }
}

// Checking a state takes longer than scoring a few rows with it, and a repository may answer the same model again.
const restored = new WeakMap<Model, FittedDetector>()

function restoredOf(model: Model): FittedDetector {
  const known = restored.get(model)
  if (known !== undefined) return known
  const fitted = configureDetector(model.algorithm, model.parameters).restore(model.state)
  restored.set(model, fitted)
  return fitted
}

async function onnxScores(
  model: Model,
  x: Matrix,
  onnx: OnnxScorer | undefined,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  if (onnx === undefined) throw lacksOnnx(model)
  return onnx.score(model, x, { signal })
}

/** The model that is meant. @throws AnomalyDetectionError `unknown-model` listing those there are, `invalid-model-name` */
export async function findModel(models: ModelRepository, { name, version }: ModelChoice): Promise<Model> {
  checkModelName(name)
  const model = await models.find(name, version)
  if (model !== undefined) return model
  const known = await models.list()
  const names = known.map((one) => `${one.name}@${one.version}`)
  throw new AnomalyDetectionError(
    'anomaly-detection/unknown-model',
    `there is no model '${version === undefined ? name : `${name}@${version}`}'; there are: ${names.join(', ') || 'none'}`,
    { name, version, known: names },
  )
}

function normalizationOf({ features, normalization }: Model): Normalization | undefined {
  if (normalization === undefined) return undefined
  const { method, center, scale } = normalization
  return { method, features, center: Float64Array.from(center), scale: Float64Array.from(scale) }
}

/**
 * The named features, in that order, picked from a data set.
 * @throws AnomalyDetectionError `feature-mismatch` naming those that are missing
 */
export function byFeatures(dataset: Dataset, features: ReadonlyArray<string>): Dataset {
  if (features.length === dataset.columns && features.every((name, i) => name === dataset.features[i])) return dataset
  const missing = features.filter((name) => !dataset.features.includes(name))
  if (missing.length > 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/feature-mismatch',
      `the model needs columns that the data lack: ${missing.join(', ')}`,
      { missing, expected: features, found: dataset.features },
      unknownColumn(missing[0] ?? '', dataset.features),
    )
  }
  const from = features.map((name) => dataset.features.indexOf(name))
  const data = new Float64Array(dataset.rows * features.length)
  for (let row = 0, at = 0; row < dataset.rows; row++) {
    for (const column of from) data[at++] = dataset.data[row * dataset.columns + column] as number
  }
  return { ...dataset, data, columns: features.length, features }
}
