import type { AnomalyDetectionEvent } from '../../domain/events.ts'

/** Takes events in order, at least once. Rejects when an event could not be handed over; the same id twice is harmless. */
export interface EventPublisher {
  readonly publish: (event: AnomalyDetectionEvent) => Promise<void>
}
