/** Results as server-sent events. Source: the HTML standard, section 9.2. */
import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** Which results are told to a reader. */
export interface ResultStreamRequest {
  readonly name: string
  /** The number that the reader has seen. */
  readonly after: number
  readonly isAnomaly: boolean
  /** Ends the stream. */
  readonly signal: AbortSignal
  readonly heartbeatMs: number
}

const PART = 500

/** The stream. It is read from what is kept as fast as the reader takes it: a slow one costs no memory, and may lose the oldest. */
export function resultStream(
  streams: Pick<StreamHost, 'read' | 'onChange'>,
  request: ResultStreamRequest,
): ReadableStream<Uint8Array> {
  const leaving = new AbortController()
  const parts = partsOf(streams, { ...request, signal: AbortSignal.any([request.signal, leaving.signal]) })
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await parts.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => leaving.abort(),
  })
}

async function* partsOf(
  streams: Pick<StreamHost, 'read' | 'onChange'>,
  { name, after, isAnomaly, signal, heartbeatMs }: ResultStreamRequest,
): AsyncGenerator<string, void, undefined> {
  const bell = new Bell(signal)
  const unlisten = streams.onChange(name, () => bell.ring())
  let seen = after
  try {
    yield 'retry: 2000\n\n'
    while (!signal.aborted) {
      bell.reset()
      const page = await streams.read(name, { after: seen, limit: PART, isAnomaly }).catch(lossOrEnd)
      if (page === 'end') {
        yield 'event: end\ndata: {}\n\n'
        return
      }
      if ('lost' in page) {
        yield `id: ${page.lost}\nevent: lost\ndata: ${JSON.stringify({ from: seen + 1, to: page.lost })}\n\n`
        seen = page.lost
        continue
      }
      const hasMoved = page.next > seen
      seen = page.next
      if (page.items.length > 0)
        yield page.items.map(({ id, json }) => `id: ${id}\nevent: result\ndata: ${json}\n\n`).join('')
      else if (!hasMoved && !(await bell.rings(heartbeatMs)) && !signal.aborted) yield ': heartbeat\n\n'
    }
  } finally {
    unlisten()
    bell.close()
  }
}

function lossOrEnd(error: unknown): 'end' | { readonly lost: number } {
  if (!AnomalyDetectionError.is(error)) throw error
  const first = Number(error.details['first'])
  if (error.code === 'anomaly-detection/results-lost' && Number(error.details['after']) < first)
    return { lost: first - 1 }
  if (GONE.has(error.code)) return 'end'
  throw error
}

const GONE: ReadonlySet<string> = new Set([
  'anomaly-detection/unknown-stream',
  'anomaly-detection/stream-closed',
  'anomaly-detection/results-lost', // it was made anew, and has fewer
])

/** Wakes who waits, and remembers a ring that nobody waited for. */
class Bell {
  readonly #signal: AbortSignal
  readonly #end = (): void => this.ring()
  #hasRung = false
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this.#end)
  }

  ring(): void {
    this.#hasRung = true
    this.#wake?.()
  }

  reset(): void {
    this.#hasRung = false
  }

  /** Whether it has rung since it was reset, or does within some time. */
  async rings(mostMs: number): Promise<boolean> {
    if (this.#hasRung) return true
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, mostMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
    return this.#hasRung
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#end)
  }
}
