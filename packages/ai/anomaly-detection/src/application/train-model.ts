import type { Dataset } from '../domain/dataset.ts'
import { checkModelName } from '../domain/model-name.ts'
import type { Model, ModelNormalization } from '../domain/model.ts'
import { type Normalization, normalizationOf, normalize } from '../domain/normalization.ts'
import { thresholdOf } from '../domain/threshold.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { eventOf } from './event-of.ts'
import { fitInParts, trainingScoresInParts } from './parallel/fit-in-parts.ts'
import type { ModelRepository } from './ports/model-repository.ts'
import type { DetectionDeps } from './run-detection.ts'
import { trainingHashOf } from './training-hash.ts'
import { parseTrainingOptions, type TrainingOptions } from './training-options.ts'

/** What training needs. */
export interface TrainModelDeps extends DetectionDeps {
  readonly models: ModelRepository
}

/** Fits a detector and keeps it under a name, for other rows later; publishes `nomaly.model.trained`. */
export class TrainModel {
  readonly #deps: TrainModelDeps

  constructor(deps: TrainModelDeps) {
    this.#deps = deps
  }

  /**
   * @param name - letters, digits, `.`, `_` and `-`, beginning with a letter or digit, at most 128; a name that is
   *   taken gets a further version
   * @returns the stored model, with `metrics` `rows`, `features`, `anomalies`, `fitMs`, and `centrality` of one that `auto` chose
   * @throws AnomalyDetectionError `invalid-model-name`, `storage-failed`, and as `detect`
   */
  async execute(name: string, dataset: Dataset, options: TrainingOptions = {}): Promise<Model> {
    checkModelName(name)
    const {
      detector: id,
      parameters,
      threshold: policy,
      normalize: method,
      seed,
      signal,
    } = parseTrainingOptions(options)
    const { models, events, clock, ids, pool } = this.#deps
    const detector = configureDetector(id, parameters)
    const start = clock.monotonicMs()
    const scale = method === undefined ? undefined : normalizationOf(dataset, method)
    const x = scale === undefined ? dataset : normalize(dataset, scale)
    const fitted = await fitInParts(detector, x, { seed, signal }, pool)
    const fitMs = clock.monotonicMs() - start
    const scores = await trainingScoresInParts(detector, fitted, x, pool, signal)
    const threshold = thresholdOf(scores, policy)
    const algorithm = fitted.id
    const chosen = fitted.selection?.candidates[0]
    const { rows, columns, features } = dataset
    const trainingHash = await trainingHashOf(dataset)
    const model = await models.save({
      id: ids.next(),
      name,
      algorithm,
      parameters: fitted.parameters,
      features,
      encodings: dataset.encodings ?? [],
      ...(scale && { normalization: plainOf(scale) }),
      threshold,
      seed,
      ...(trainingHash !== undefined && { trainingHash }),
      createdAt: clock.now(),
      metrics: {
        rows,
        features: columns,
        anomalies: countAbove(scores, threshold),
        fitMs,
        ...(chosen && { centrality: chosen.centrality }),
      },
      state: fitted.state,
    })
    const trained = { modelId: model.id, name, version: model.version, algorithm, rows, features }
    await events.publish(eventOf('nomaly.model.trained', model.id, trained, this.#deps))
    return model
  }
}

function plainOf({ method, center, scale }: Normalization): ModelNormalization {
  return { method, center: [...center], scale: [...scale] }
}

function countAbove(scores: Float64Array, threshold: number): number {
  let above = 0
  for (const score of scores) if (score > threshold) above++
  return above
}
