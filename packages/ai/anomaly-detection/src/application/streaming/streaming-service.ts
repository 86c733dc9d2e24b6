import type { StreamStateStore } from '../ports/stream-state-store.ts'
import type { PublishingDeps } from '../publish-detection.ts'
import { parseAnomalyStreamState } from './anomaly-stream-state.ts'
import { AnomalyStream } from './anomaly-stream.ts'
import { parseStreamingOptions, type StreamingOptions } from './streaming-options.ts'

/** What the streams of a service share. */
export interface StreamingServiceDeps extends PublishingDeps {
  /** A place for the idle entities of the stream of this name; asked for where a stream has keys. See `AnomalyStreamDeps.store`. */
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
    const { storeOf, events, clock, ids } = this.#deps
    const { key, name } =
      'from' in options ? parseAnomalyStreamState(options.from).options : parseStreamingOptions(options)
    const store = key === undefined ? undefined : storeOf?.(name)
    return new AnomalyStream(options, { publishing: { events, clock, ids }, store })
  }
}
