import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import { thresholdOf } from '../domain/threshold.ts'
import type { FreshlyFittedDetector } from './catalogue/catalogue-entry.ts'
import type { ResolvedDetectionOptions } from './detection-options.ts'
import { eventOf } from './event-of.ts'
import { fitInParts, type Fitting, trainingScoresInParts } from './parallel/fit-in-parts.ts'
import type { WorkerPool } from './ports/worker-pool.ts'
import { type PublishingDeps, publishDetection } from './publish-detection.ts'

/** What detecting needs. */
export interface DetectionDeps extends PublishingDeps {
  /** Takes over what is long enough to be worth it; without one, all is done on the calling thread. */
  readonly pool?: WorkerPool | undefined
}

/** Fits a detector to a data set, cuts the scores of the same rows, and publishes the events of a detection. */
export async function runDetection<Fitted extends FreshlyFittedDetector>(
  detector: Fitting<Fitted>,
  dataset: Dataset,
  { threshold: policy, seed, signal }: Pick<ResolvedDetectionOptions, 'threshold' | 'seed' | 'signal'>,
  deps: DetectionDeps,
): Promise<{ readonly result: DetectionResult; readonly fitted: Fitted }> {
  const { events, clock, ids, pool } = deps
  const detectionId = ids.next()
  const { rows, features } = dataset
  const requested = { detectionId, algorithm: detector.id, rows, features }
  await events.publish(eventOf('nomaly.detection.requested', detectionId, requested, deps))

  const start = clock.monotonicMs()
  const fitted = await fitInParts(detector, dataset, { seed, signal }, pool)
  const fitMs = clock.monotonicMs() - start
  const scores = await trainingScoresInParts(detector, fitted, dataset, pool, signal)
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
