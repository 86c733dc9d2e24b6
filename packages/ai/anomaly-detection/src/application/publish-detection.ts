import type { DetectionResult } from '../domain/detection-result.ts'
import { eventOf } from './event-of.ts'
import type { Clock } from './ports/clock.ts'
import type { EventPublisher } from './ports/event-publisher.ts'
import type { IdSource } from './ports/id-source.ts'

const ANOMALIES_IN_EVENT = 100

/** What publishing needs. */
export interface PublishingDeps {
  readonly events: EventPublisher
  readonly clock: Clock
  readonly ids: IdSource
}

/** Says that a detection is done and, where it found anomalies, which. */
export async function publishDetection(
  result: DetectionResult,
  durationMs: number,
  deps: PublishingDeps,
): Promise<void> {
  const { id: detectionId, algorithm, threshold, scores } = result
  const total = result.anomalyCount
  const completed = { detectionId, algorithm, rows: scores.length, anomalies: total, threshold, durationMs }
  await deps.events.publish(eventOf('nomaly.detection.completed', detectionId, completed, deps))
  if (total === 0) return
  const anomalies = result.ranking(ANOMALIES_IN_EVENT)
  await deps.events.publish(eventOf('nomaly.anomaly.detected', detectionId, { detectionId, total, anomalies }, deps))
}
