import type { StreamStateStore } from '../ports/stream-state-store.ts'
import type { PublishingDeps } from '../publish-detection.ts'
import { AnomalyStream, type AnomalyStreamDeps } from './anomaly-stream.ts'
import type { StreamingOptions } from './streaming-options.ts'

/** What the streams of a service share. */
export interface StreamingServiceDeps extends PublishingDeps {
  /** Makes a place for the idle entities of the stream of this name; see `AnomalyStreamDeps.store`. */
  readonly storeOf?: ((name: string) => StreamStateStore) | undefined
}

/** Opens streams that tell their alarms, their drifts and their new models as events. */
export class StreamingService {
  readonly #deps: StreamingServiceDeps

  constructor(deps: StreamingServiceDeps) {
    this.#deps = deps
  }

  /**
   * A stream that waits for its first sample, or that goes on from where another stood: `{ from: stream.toJSON() }`.
   * @throws AnomalyDetectionError `invalid-options`, `unknown-detector`, `invalid-parameters`, `invalid-stream-state`
   */
  open(options: StreamingOptions | { readonly from: unknown } = {}): AnomalyStream {
    const { storeOf, ...publishing } = this.#deps
    const deps: AnomalyStreamDeps = { publishing, store: storeOf?.(nameOf(options)) }
    return new AnomalyStream(options, deps)
  }
}

function nameOf(options: StreamingOptions | { readonly from: unknown }): string {
  if (!('from' in options)) return options.name ?? 'stream'
  const state = options.from
  const kept = typeof state === 'object' && state !== null && 'options' in state ? state.options : undefined
  return typeof kept === 'object' && kept !== null && 'name' in kept ? String(kept.name) : 'stream'
}
