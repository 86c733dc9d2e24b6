import type { StreamedAnomaly } from '../../domain/events.ts'
import { eventOf } from '../event-of.ts'
import type { PublishingDeps } from '../publish-detection.ts'
import { EventOutbox } from './event-outbox.ts'
import type { ScoringModel } from './scoring-model.ts'
import type { StreamDrift, StreamResult } from './stream-result.ts'

const ANOMALIES_IN_EVENT = 100

/** Tells the world what happens in a stream. Samples never wait for it. */
export class StreamEvents {
  readonly #name: string
  readonly #deps: PublishingDeps
  readonly #outbox: EventOutbox
  #alarms: StreamedAnomaly[] = []
  #alarmsTotal = 0

  constructor(name: string, deps: PublishingDeps) {
    this.#name = name
    this.#deps = deps
    this.#outbox = new EventOutbox(deps.events)
  }

  /** A run of anomalies has begun. */
  alarm({ index, time, key, score, probability }: StreamResult): void {
    this.#alarmsTotal++
    if (this.#alarms.length < ANOMALIES_IN_EVENT) {
      this.#alarms.push({
        index,
        score,
        ...(probability !== undefined && { probability }),
        ...(time !== undefined && { time }),
        ...(key !== undefined && { key }),
      })
    }
    this.#outbox.gather(() => {
      const data = { detectionId: this.#name, total: this.#alarmsTotal, anomalies: this.#alarms }
      this.#alarms = []
      this.#alarmsTotal = 0
      return eventOf('nomaly.anomaly.detected', this.#name, data, this.#deps)
    })
  }

  /** The stream has changed. */
  drift({ index, time, key }: StreamResult, { detector, watched, since, features, action }: StreamDrift): void {
    const data = {
      streamId: this.#name,
      ...(key !== undefined && { key }),
      index,
      ...(time !== undefined && { time }),
      detector,
      watched,
      since: { index: since.index, ...(since.time !== undefined && { time: since.time }) },
      features,
      action,
    }
    this.#outbox.add(() => eventOf('nomaly.drift.detected', this.#name, data, this.#deps))
  }

  /** A new model is ready. */
  trained(model: ScoringModel, key: string | undefined, features: ReadonlyArray<string>): void {
    const { generation, detector } = model
    const data = {
      ...this.#modelOf(key, generation),
      algorithm: detector.id,
      rows: detector.learned,
      features,
    }
    this.#outbox.add(() => eventOf('nomaly.model.trained', this.#name, data, this.#deps))
  }

  /** Another model went into service: a new one, or the old one again. */
  inService(what: 'promoted' | 'restored', model: ScoringModel, key: string | undefined, index: number): void {
    const data = { ...this.#modelOf(key, model.generation), index }
    this.#outbox.add(() =>
      what === 'promoted'
        ? eventOf('nomaly.model.promoted', this.#name, data, this.#deps)
        : eventOf('nomaly.model.restored', this.#name, data, this.#deps),
    )
  }

  /** @throws what a publisher rejected with since the last call */
  throwIfFailed(): void {
    this.#outbox.throwIfFailed()
  }

  /** Resolves when all is handed over. @throws what a publisher rejected with */
  settled(): Promise<void> {
    return this.#outbox.settled()
  }

  #modelOf(
    key: string | undefined,
    version: number,
  ): { readonly modelId: string; readonly name: string; readonly version: number } {
    const name = key === undefined ? this.#name : `${this.#name}/${key}`
    return { modelId: `${name}@${version}`, name, version }
  }
}
