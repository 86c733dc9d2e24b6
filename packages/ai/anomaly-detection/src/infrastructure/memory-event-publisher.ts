import type { EventPublisher } from '../application/ports/event-publisher.ts'
import type { AnomalyDetectionEvent } from '../domain/events.ts'

/** A publisher that keeps what it was given, the oldest first. */
export interface MemoryEventPublisher extends EventPublisher {
  readonly published: () => ReadonlyArray<AnomalyDetectionEvent>
}

/**
 * Keeps events in memory, each id once.
 * @param limit - the most events kept; the oldest give way. An integer >= 0, default 1000.
 */
export function createMemoryEventPublisher(limit: number = 1000): MemoryEventPublisher {
  const events = new Map<string, AnomalyDetectionEvent>()
  return {
    publish: (event) => {
      if (!events.has(event.id)) events.set(event.id, event)
      for (const id of events.keys()) {
        if (events.size <= limit) break
        events.delete(id)
      }
      return Promise.resolve()
    },
    published: () => [...events.values()],
  }
}
