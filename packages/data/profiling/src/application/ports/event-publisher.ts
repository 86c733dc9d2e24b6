import type { ProfileGenerated } from '../profile-event.ts'

/**
 * Takes events. Resolves when the event will be delivered, at least once; rejects when that cannot be said, and the caller then tells.
 */
export interface EventPublisher {
  readonly publish: (event: ProfileGenerated) => Promise<void>
}
