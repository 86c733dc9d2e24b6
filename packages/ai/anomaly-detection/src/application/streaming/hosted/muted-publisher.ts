import type { EventPublisher } from '../../ports/event-publisher.ts'

/** Hands events on, but for those that were told before and come again as a journal is replayed. */
export class MutedPublisher implements EventPublisher {
  readonly #events: EventPublisher
  isMuted = false

  constructor(events: EventPublisher) {
    this.#events = events
  }

  readonly publish: EventPublisher['publish'] = async (event) => {
    if (!this.isMuted) await this.#events.publish(event)
  }
}
