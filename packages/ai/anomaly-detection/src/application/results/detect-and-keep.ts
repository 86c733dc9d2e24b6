import type { Dataset } from '../../domain/dataset.ts'
import type { Model } from '../../domain/model.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'
import type { FreshlyFittedDetector } from '../catalogue/catalogue-entry.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions } from '../detection-options.ts'
import type { ResultStore } from '../ports/result-store.ts'
import { type DetectionDeps, runDetection } from '../run-detection.ts'
import { type DetectionToKeep, keepDetection } from './keep-detection.ts'

/** What detecting and keeping needs. */
export interface DetectAndKeepDeps extends DetectionDeps {
  readonly results: Pick<ResultStore, 'write'>
}

/** A data set, and what is known of where it comes from. */
export interface DataToKeep extends Pick<DetectionToKeep, 'id' | 'rows'> {
  readonly dataset: Dataset
  readonly about: Pick<DetectionToKeep['about'], 'dataset' | 'options' | 'columns'>
}

/** The most bytes of what a detector has learned that are kept with a result: more is fitted again when it is wanted. */
const MOST_LEARNED_BYTES = 2 ** 23

/** Detects as `DetectAnomalies`, and keeps the result with the fitted detector, where explanations can be made with that. */
export class DetectAndKeep {
  readonly #deps: DetectAndKeepDeps

  constructor(deps: DetectAndKeepDeps) {
    this.#deps = deps
  }

  /** @throws AnomalyDetectionError as `DetectAnomalies`, `storage-failed` */
  async execute({ id, rows, dataset, about }: DataToKeep, options: DetectionOptions = {}): Promise<ResultInfo> {
    const { results, clock } = this.#deps
    const resolved = parseDetectionOptions(options)
    const detector = configureDetector(resolved.detector, resolved.parameters)
    const start = clock.monotonicMs()
    const { result, fitted } = await runDetection(detector, dataset, resolved, this.#deps)
    const createdAt = clock.now()
    const { threshold } = result
    return keepDetection(results, {
      id,
      result,
      rows,
      sourceRows: dataset.sourceRows,
      about: { ...about, createdAt, durationMs: clock.monotonicMs() - start },
      fitted: modelOf(fitted, dataset, { id, threshold, seed: resolved.seed, createdAt }),
    })
  }
}

// None where a row of the fit is scored by the others: what says why has to leave it out, too.
function modelOf(
  { id: algorithm, parameters, state }: FreshlyFittedDetector,
  { features, encodings = [] }: Dataset,
  known: Pick<Model, 'id' | 'threshold' | 'seed' | 'createdAt'>,
): Model | undefined {
  const { trainingNeighbours, scoresTrainingRowsAsNew } = configureDetector(algorithm, parameters)
  if (trainingNeighbours !== undefined && scoresTrainingRowsAsNew !== true) return undefined
  if (bytesOf(state) > MOST_LEARNED_BYTES) return undefined
  return { ...known, name: 'fitted', version: 1, algorithm, parameters, features, encodings, metrics: {}, state }
}

function bytesOf(state: unknown): number {
  if (ArrayBuffer.isView(state)) return state.byteLength
  if (typeof state !== 'object' || state === null) return 8
  return Object.values(state).reduce<number>((sum, part) => sum + bytesOf(part), 0)
}
