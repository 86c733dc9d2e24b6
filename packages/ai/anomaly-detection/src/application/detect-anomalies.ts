import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import { thresholdOf } from '../domain/threshold.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions } from './detection-options.ts'
import { eventOf } from './event-of.ts'
import { type PublishingDeps, publishDetection } from './publish-detection.ts'

/** Finds the anomalies of a data set and tells of it: `nomaly.detection.requested`, `.completed`, `nomaly.anomaly.detected`. */
export class DetectAnomalies {
  readonly #deps: PublishingDeps

  constructor(deps: PublishingDeps) {
    this.#deps = deps
  }

  /**
   * Fits a detector to the data set and scores the same rows.
   * @throws AnomalyDetectionError as `detect`; what the publisher rejects with
   */
  async execute(dataset: Dataset, options: DetectionOptions = {}): Promise<DetectionResult> {
    const { detector: algorithm, parameters, threshold: policy, seed, signal } = parseDetectionOptions(options)
    const { events, clock, ids } = this.#deps
    const detector = configureDetector(algorithm, parameters)
    const detectionId = ids.next()
    const { rows, features } = dataset
    const requested = { detectionId, algorithm, rows, features }
    await events.publish(eventOf('nomaly.detection.requested', detectionId, requested, this.#deps))

    const start = clock.monotonicMs()
    const fitted = detector.fit(dataset, { seed, signal })
    const fitMs = clock.monotonicMs() - start
    const scores = fitted.trainingScores()
    const durationMs = clock.monotonicMs() - start
    const result = new DetectionResult(
      {
        id: detectionId,
        algorithm,
        parameters: detector.parameters,
        scores,
        threshold: thresholdOf(scores, policy),
        metadata: { rows, features, seed, thresholdPolicy: policy, createdAt: clock.now(), fitMs, durationMs },
      },
      dataset,
    )
    await publishDetection(result, durationMs, this.#deps)
    return result
  }
}
