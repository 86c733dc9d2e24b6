import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { checkModelName } from '../../domain/model-name.ts'
import type { Model } from '../../domain/model.ts'
import { countAbove } from '../../domain/ranked-rows.ts'
import { thresholdOf } from '../../domain/threshold.ts'
import { ONNX } from '../kept-onnx.ts'
import type { Clock } from '../ports/clock.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { ModelRepository } from '../ports/model-repository.ts'
import type { OnnxRuntime } from '../ports/onnx-runtime.ts'
import { byFeatures } from '../score-with-model.ts'
import { OnnxDetector, type OpenOnnxOptions } from './onnx-detector.ts'
import { selfTest } from './verify-onnx.ts'

/** What importing needs. */
export interface ImportOnnxDeps {
  readonly models: ModelRepository
  readonly onnx: OnnxRuntime
  readonly clock: Clock
  readonly ids: IdSource
}

/** How a file becomes a kept model. */
export interface ImportOnnxOptions extends OpenOnnxOptions {
  /**
   * Rows are anomalies beyond this output of the model: above it, or below it with direction `lower`. Default: what the file says,
   * or by `contamination`.
   */
  readonly threshold?: number | undefined
  /** Rows to take the threshold from, as `contamination` says. */
  readonly rows?: Dataset | undefined
  /** The share of `rows` that is expected to be anomalies, in (0, 0.5]; default 0.1. */
  readonly contamination?: number | undefined
}

const CONTAMINATION = 0.1

/** Keeps an ONNX file as a model, which `ScoreWithModel` scores with. */
export class ImportOnnxModel {
  readonly #deps: ImportOnnxDeps

  constructor(deps: ImportOnnxDeps) {
    this.#deps = deps
  }

  /**
   * Opens the file once, so that what does not work is told here; one that we exported is held to its self-test.
   * @param name - as `TrainModel` takes it
   * @throws AnomalyDetectionError `invalid-model-name`, `invalid-options` where there is no threshold, `onnx-mismatch`, and as
   *   `OnnxDetector`
   */
  async execute(name: string, file: Uint8Array, options: ImportOnnxOptions = {}): Promise<Model> {
    checkModelName(name)
    const { models, onnx, clock, ids } = this.#deps
    const detector = await OnnxDetector.open(onnx, file, options)
    try {
      const { features, scoring, metadata, summary } = detector
      await selfTest(detector)
      const scores = options.rows && (await detector.score(byFeatures(options.rows, features), options))
      const threshold = importedThreshold(detector, scores, options)
      const metrics = { features: features.length, bytes: file.length, operators: summary.nodes }
      return await models.save({
        id: ids.next(),
        name,
        algorithm: ONNX,
        parameters: { ...scoring },
        features,
        encodings: metadata?.encodings ?? [],
        threshold,
        seed: 0,
        createdAt: clock.now(),
        metrics: scores ? { ...metrics, rows: scores.length, anomalies: countAbove(scores, threshold) } : metrics,
        state: { file: Uint8Array.from(file) },
      })
    } finally {
      await detector.close()
    }
  }
}

function importedThreshold(
  { metadata, scoring }: OnnxDetector,
  scores: Float64Array | undefined,
  { threshold, contamination = CONTAMINATION }: ImportOnnxOptions,
): number {
  if (threshold !== undefined) return scoring.direction === 'lower' ? -threshold : threshold
  if (scores !== undefined) return thresholdOf(scores, { kind: 'contamination', contamination })
  if (metadata !== undefined) return metadata.threshold
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    'the ONNX model does not say from which score on a row is an anomaly: give a threshold, or rows to take it from',
    { option: 'threshold' },
  )
}
