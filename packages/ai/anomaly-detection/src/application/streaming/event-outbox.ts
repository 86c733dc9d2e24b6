import type { AnomalyDetectionEvent } from '../../domain/events.ts'
import type { EventPublisher } from '../ports/event-publisher.ts'

const MOST_WAITING = 1000 // drifts and new models; alarms are gathered into one event

/** Makes an event of what has been gathered since the last one. */
export type MakeEvent = () => AnomalyDetectionEvent

/**
 * Hands events over one after the other without making samples wait. What happens meanwhile is gathered, so that a slow
 * receiver gets fewer, larger events, and memory stays bounded.
 */
export class EventOutbox {
  readonly #publisher: EventPublisher
  readonly #waiting: MakeEvent[] = []
  #gathered: MakeEvent | undefined
  #work: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined
  /** Events that gave way because too many waited. */
  dropped = 0

  constructor(publisher: EventPublisher) {
    this.#publisher = publisher
  }

  /** Hands over an event of its own. */
  add(event: MakeEvent): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#waiting.shift()
      this.dropped++
    }
    this.#waiting.push(event)
    this.#start()
  }

  /** Hands over what `make` has gathered by the time that the receiver is ready. */
  gather(make: MakeEvent): void {
    this.#gathered = make
    this.#start()
  }

  /** @throws what a publisher rejected with since the last call */
  throwIfFailed(): void {
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure.error
  }

  /** Resolves when all is handed over. @throws what a publisher rejected with */
  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work
    this.throwIfFailed()
  }

  #start(): void {
    this.#work ??= this.#deliver()
  }

  async #deliver(): Promise<void> {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        await this.#publisher.publish(next())
      } catch (error) {
        this.#failure ??= { error } // thrown where the stream is asked for more
      }
    }
    this.#work = undefined // in the turn in which nothing was left: what comes after starts anew
  }

  #next(): MakeEvent | undefined {
    const first = this.#waiting.shift()
    if (first !== undefined) return first
    const gathered = this.#gathered
    this.#gathered = undefined
    return gathered
  }
}
