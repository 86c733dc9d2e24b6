import type { Dataset } from '../domain/dataset.ts'
import type { DetectionResult } from '../domain/detection-result.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions } from './detection-options.ts'
import { type DetectionDeps, runDetection } from './run-detection.ts'

/** Finds the anomalies of a data set and tells of it: `nomaly.detection.requested`, `.completed`, `nomaly.anomaly.detected`. */
export class DetectAnomalies {
  readonly #deps: DetectionDeps

  constructor(deps: DetectionDeps) {
    this.#deps = deps
  }

  /**
   * Fits a detector to the data set and scores the same rows.
   * @throws AnomalyDetectionError as `detect`; what the publisher and the pool reject with
   */
  async execute(dataset: Dataset, options: DetectionOptions = {}): Promise<DetectionResult> {
    const resolved = parseDetectionOptions(options)
    const detector = configureDetector(resolved.detector, resolved.parameters)
    const { result } = await runDetection(detector, dataset, resolved, this.#deps)
    return result
  }
}
