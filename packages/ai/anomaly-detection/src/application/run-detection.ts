import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import type { Matrix } from '../domain/matrix.ts'
import { thresholdOf } from '../domain/threshold.ts'
import type { ConfiguredDetector, FitOptions, FreshlyFittedDetector } from './catalogue/catalogue-entry.ts'
import type { ResolvedDetectionOptions } from './detection-options.ts'
import { eventOf } from './event-of.ts'
import { type PublishingDeps, publishDetection } from './publish-detection.ts'

/** A configured detector whose fit answers more than any detector's. */
interface Fitting<Fitted extends FreshlyFittedDetector> extends ConfiguredDetector {
  readonly fit: (x: Matrix, options?: FitOptions) => Fitted
}

/** Fits a detector to a data set, cuts the scores of the same rows, and publishes the events of a detection. */
export async function runDetection<Fitted extends FreshlyFittedDetector>(
  detector: Fitting<Fitted>,
  dataset: Dataset,
  { threshold: policy, seed, signal }: Pick<ResolvedDetectionOptions, 'threshold' | 'seed' | 'signal'>,
  deps: PublishingDeps,
): Promise<{ readonly result: DetectionResult; readonly fitted: Fitted }> {
  const { events, clock, ids } = deps
  const detectionId = ids.next()
  const { rows, features } = dataset
  const requested = { detectionId, algorithm: detector.id, rows, features }
  await events.publish(eventOf('nomaly.detection.requested', detectionId, requested, deps))

  const start = clock.monotonicMs()
  const fitted = detector.fit(dataset, { seed, signal })
  const fitMs = clock.monotonicMs() - start
  const scores = fitted.trainingScores()
  const durationMs = clock.monotonicMs() - start
  const result = new DetectionResult(
    {
      id: detectionId,
      algorithm: fitted.id,
      parameters: fitted.parameters,
      scores,
      threshold: thresholdOf(scores, policy),
      metadata: {
        rows,
        features,
        seed,
        thresholdPolicy: policy,
        ...(fitted.selection && { selection: fitted.selection }),
        createdAt: clock.now(),
        fitMs,
        durationMs,
      },
    },
    dataset,
  )
  await publishDetection(result, durationMs, deps)
  return { result, fitted }
}
